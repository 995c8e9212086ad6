import type { Operation } from '../operation.ts'
import { cellTable } from './cell-table.ts'
import { cropObject } from './crop-object.ts'
import { cropToColour } from './crop-to-colour.ts'
import { dropLines } from './drop-lines.ts'
import { fractal } from './fractal.ts'
import { gravity } from './gravity.ts'
import { mosaic } from './mosaic.ts'
import { overlay, stack } from './overlay.ts'
import { pickPart } from './pick-part.ts'
import { recolour } from './recolour.ts'
import { repair } from './repair.ts'
import { scaleDown, scaleUp } from './scale.ts'
import { symmetry } from './symmetry.ts'

/** All that the baseline can do. Adding to it is adding an entry. */
export const operations: readonly Operation[] = [
  symmetry,
  recolour,
  scaleUp,
  scaleDown,
  mosaic,
  fractal,
  cropToColour,
  cropObject,
  pickPart,
  overlay,
  stack,
  dropLines,
  gravity,
  cellTable,
  repair,
]

/** Steps worth taking first: they lay bare what another can work on. */
export const preparing: readonly Operation[] = [cropToColour, cropObject, pickPart, dropLines, scaleDown, gravity]

/** Steps worth taking after those: they learn what is left to do. */
export const finishing: readonly Operation[] = [symmetry, recolour, scaleUp, mosaic, cellTable]
