import type { Grid } from '../../../src/domain/grids/grid.ts'
import { fitCell, type Slot } from './fit-cell.ts'

const maxCell = 26

/** One cell side for all grids shown together: only then is a difference of size visible. */
export function planCell(grids: readonly Grid[], slot: Slot): number {
  return Math.min(maxCell, ...grids.map((grid) => fitCell(grid, slot, maxCell)))
}

/** Space for a grid on a page with many. @param width of the window, in pixels */
export function planSlot(width: number): Slot {
  const side = width < 600 ? Math.floor((width - 56) / 2) : 260
  return { width: side, height: side }
}
