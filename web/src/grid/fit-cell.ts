import type { Grid } from '../../../src/domain/grids/grid.ts'
import { heightOf, widthOf } from './edit-grid.ts'

export interface Slot {
  readonly height: number
  readonly width: number
}

const largestCell = 48
const smallestCell = 3

/** The side in whole pixels of a cell, its line included, with which a grid fits into a slot: parts of pixels blur the lines. */
export function fitCell(grid: Grid, slot: Slot, most = largestCell): number {
  const fitting = Math.min((slot.height - 1) / heightOf(grid), (slot.width - 1) / widthOf(grid))
  return Math.max(smallestCell, Math.min(most, Math.floor(fitting)))
}
