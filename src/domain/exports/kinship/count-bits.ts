import type { Grid } from '../../grids/grid.ts'
import { transposeGrid } from './transpose-grid.ts'

/**
 * How much a grid tells, in bits: the entropy of its symbols times its cells, after rows and columns that occur twice were
 * dropped. Background, stripes and chequers tell next to nothing, and are found in grids that have nothing to do with each other.
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
