import type { Grid } from './grid.ts'

/** How a grid is written in a prompt, and requested in an answer. */
export const gridEncodings = ['json', 'digits'] as const

export type GridEncoding = (typeof gridEncodings)[number]

/**
 * Writes a grid as text, one row per line, so that columns line up.
 *
 * - `json`: `[[0,1],\n [2,3]]`, which is also what a program gets and returns; no spaces, because each would be paid for.
 * - `digits`: `0 1\n2 3`. Most tokenizers then make one token per symbol.
 */
export function renderGrid(grid: Grid, encoding: GridEncoding = 'json'): string {
  if (encoding === 'digits') return grid.map((row) => row.join(' ')).join('\n')
  return `[${grid.map((row) => `[${row.join(',')}]`).join(',\n ')}]`
}
