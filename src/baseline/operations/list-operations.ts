import type { Operation } from '../operation.ts'
import { cellTable } from './cell-table.ts'
import { cropObject } from './crop-object.ts'
import { cropToColour } from './crop-to-colour.ts'
import { dropLines } from './drop-lines.ts'
import { forEach } from './for-each.ts'
import { fractal } from './fractal.ts'
import { gravity } from './gravity.ts'
import { inRoles } from './in-roles.ts'
import { mosaic } from './mosaic.ts'
import { oriented } from './oriented.ts'
import { overlay } from './overlay.ts'
import { recall } from './recall.ts'
import { repair } from './repair.ts'
import { scaleDown, scaleUp } from './scale.ts'
import { symmetry } from './symmetry.ts'

/** Operations that work on a grid directly. */
const simple: readonly Operation[] = [
  symmetry,
  scaleUp,
  scaleDown,
  mosaic,
  fractal,
  cropToColour,
  cropObject,
  overlay,
  dropLines,
  gravity,
  cellTable,
  repair,
  recall,
]

/** Everything that the baseline can do: the simple operations and their wrappers. To extend it, add an entry. */
export const operations: readonly Operation[] = [
  ...simple,
  inRoles(simple),
  oriented(simple),
  forEach([symmetry, gravity, cellTable, repair, inRoles([cellTable])]),
]

/** Steps worth taking first: they expose what another operation can work on. */
export const preparing: readonly Operation[] = [cropToColour, cropObject, dropLines, scaleDown, gravity]

/** Steps worth taking after those: they learn what is left to do. */
export const finishing: readonly Operation[] = [symmetry, scaleUp, mosaic, cellTable]
