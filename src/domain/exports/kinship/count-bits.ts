import type { Grid } from '../../grids/grid.ts'
import { transposeGrid } from './transpose-grid.ts'

/**
 * The information in a grid, in bits: the entropy of its symbols times its cells, after removing duplicate rows and columns.
 * Background, stripes and chequers carry almost none, and occur in unrelated grids.
 */
export function countBits(grid: Grid): number {
  const distinct = transposeGrid(dropRepeated(transposeGrid(dropRepeated(grid))))
  const counts = new Map<number, number>()
  for (const symbol of distinct.flat()) counts.set(symbol, (counts.get(symbol) ?? 0) + 1)
  const cells = distinct.length * (distinct[0]?.length ?? 0)
  return [...counts.values()].reduce((bits, count) => bits - count * Math.log2(count / cells), 0)
}

function dropRepeated(grid: Grid): Grid {
  return [...new Map(grid.map((row) => [row.join(''), row])).values()]
}
