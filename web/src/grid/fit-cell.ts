import type { Grid } from '../../../src/domain/grids/grid.ts'
import { heightOf, widthOf } from './edit-grid.ts'

export interface Slot {
  readonly height: number
  readonly width: number
}

const maxCellPx = 48
const minCellPx = 3

/**
 * The largest cell side, including its line, with which a grid fits into a slot; in whole pixels, since fractions blur the lines.
 */
export function fitCell(grid: Grid, slot: Slot, maxPx = maxCellPx): number {
  const fitting = Math.min((slot.height - 1) / heightOf(grid), (slot.width - 1) / widthOf(grid))
  return Math.max(minCellPx, Math.min(maxPx, Math.floor(fitting)))
}
