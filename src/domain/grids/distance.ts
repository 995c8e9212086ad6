import type { Grid } from './grid.ts'

/** How far a grid is from the expected one. Undefined, as a number, if the sizes differ. */
export type Distance =
  { readonly kind: 'size-differs' } | { readonly kind: 'same-size'; readonly cells: number; readonly differing: number }

/** Counts the cells in which two grids of one size differ. */
export function measureDistance(got: Grid, expected: Grid): Distance {
  if (!sameSize(got, expected)) return { kind: 'size-differs' }
  return {
    kind: 'same-size',
    cells: got.reduce((sum, row) => sum + row.length, 0),
    differing: listDifferingCells(got, expected).length,
  }
}

/** Row and column, from 0, of every cell in which two grids of one size differ; empty if the sizes do. */
export function listDifferingCells(got: Grid, expected: Grid): [row: number, column: number][] {
  if (!sameSize(got, expected)) return []
  return got.flatMap((row, y) =>
    row.flatMap((symbol, x): [number, number][] => (symbol === expected[y]?.[x] ? [] : [[y, x]])),
  )
}

function sameSize(a: Grid, b: Grid): boolean {
  return a.length === b.length && a[0]?.length === b[0]?.length
}
