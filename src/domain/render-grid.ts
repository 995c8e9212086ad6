import type { Grid } from './grid.ts'

/**
 * A grid as JSON with one row a line: `[[0,1],\n [2,3]]`.
 *
 * JSON, because it is also what a program gets and returns; a line for each row, because columns then stand under each
 * other; no spaces, because each would be paid for.
 */
export function renderGrid(grid: Grid): string {
  return `[${grid.map((row) => `[${row.join(',')}]`).join(',\n ')}]`
}
