import type { Grid } from '../../grids/grid.ts'
import { transposeGrid } from './transpose-grid.ts'

/** Smaller grids are not cut. */
const minSide = 4

/**
 * A grid and its parts: four strips of rows and four of columns. Changing a few cells leaves some of them
 * intact. The cuts are symmetric, so the parts of a turned grid are the turned parts.
 */
export function listParts(grid: Grid): Grid[] {
  return [grid, ...cutRows(grid), ...cutRows(transposeGrid(grid))]
}

function cutRows(grid: Grid): Grid[] {
  const height = grid.length
  if (height < minSide) return []
  const [quarter, half] = [Math.ceil(height / 4), Math.floor(height / 2)]
  // With an odd number of rows, the middle one is in no part.
  return [
    grid.slice(0, quarter),
    grid.slice(quarter, half),
    grid.slice(height - half, height - quarter),
    grid.slice(height - quarter),
  ].filter((part) => part.length > 0)
}
