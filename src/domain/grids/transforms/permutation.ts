import type { Grid } from '../grid.ts'

/**
 * What each symbol becomes: the entry at 2 is what 2 becomes. Ten entries, each of 0–9 once.
 *
 * All symbols change at once. Replacing one after another would merge them: with 2 → 5 and then 5 → 7, every 2 ends as 7.
 */
export type Permutation = readonly number[]

export function isPermutation(value: unknown): value is Permutation {
  return Array.isArray(value) && value.length === 10 && value.every((_, symbol) => value.includes(symbol))
}

export function permuteSymbols(grid: Grid, permutation: Permutation): Grid {
  return grid.map((row) => row.map((symbol) => permutation[symbol] ?? symbol))
}
