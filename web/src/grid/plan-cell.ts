import type { Grid } from '../../../src/domain/grids/grid.ts'
import { fitCell, type Slot } from './fit-cell.ts'

const maxCell = 26

/** One side for the cells of all grids that are seen together: only so is a grid of another size seen to be one. */
export function planCell(grids: readonly Grid[], slot: Slot): number {
  return Math.min(maxCell, ...grids.map((grid) => fitCell(grid, slot, maxCell)))
}

/** Room for a grid on a page of many. @param width of the window, in pixels */
export function planSlot(width: number): Slot {
  const side = width < 600 ? Math.floor((width - 56) / 2) : 260
  return { width: side, height: side }
}
