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
 * Never too small to be seen: then the grid is larger than the slot.
 */
export function fitCell(grid: Grid, slot: Slot, maxPx = maxCellPx): number {
  return Math.max(minCellPx, Math.min(maxPx, measureCell(grid, slot)))
}

/** As `fitCell`, without limits: tells whether a grid fits at all. */
export function measureCell(grid: Grid, slot: Slot): number {
  return Math.max(0, Math.floor(Math.min((slot.height - 1) / heightOf(grid), (slot.width - 1) / widthOf(grid))))
}
