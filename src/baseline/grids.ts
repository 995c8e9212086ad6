import type { Grid } from '../domain/grids/grid.ts'
import type { Pair } from '../domain/tasks/task.ts'

export const heightOf = (grid: Grid): number => grid.length
export const widthOf = (grid: Grid): number => grid[0]?.length ?? 0
/** -1 outside the grid; no cell holds that. */
export const cellAt = (grid: Grid, y: number, x: number): number => grid[y]?.[x] ?? -1

/** Far beyond any answer; an operation that builds a larger grid was learned wrong, and would use up the memory. */
const maxBuiltSide = 100

/** Builds a grid cell by cell; null if it would have no cell or far too many. */
export function buildGrid(height: number, width: number, cell: (y: number, x: number) => number): Grid | null {
  if (height < 1 || width < 1 || height > maxBuiltSide || width > maxBuiltSide) return null
  return Array.from({ length: height }, (_, y) => Array.from({ length: width }, (_, x) => cell(y, x)))
}

/** Whether every output has the size of its input. */
export const keepsSize = (pairs: readonly Pair[]): boolean =>
  pairs.every(({ input, output }) => heightOf(input) === heightOf(output) && widthOf(input) === widthOf(output))

export const mapCells = (grid: Grid, cell: (symbol: number, y: number, x: number) => number): Grid =>
  grid.map((row, y) => row.map((symbol, x) => cell(symbol, y, x)))

export function countSymbols(grid: Grid): number[] {
  const counts = Array<number>(10).fill(0)
  for (const row of grid) for (const symbol of row) counts[symbol] = (counts[symbol] ?? 0) + 1
  return counts
}

/** The background symbol: 0 if it occurs, else the most common, the smaller on a tie. */
export function backgroundOf(grid: Grid): number {
  const counts = countSymbols(grid)
  return counts[0] ? 0 : counts.indexOf(Math.max(...counts))
}

export const backgroundPython = `
def background(grid):
    return 0 if (grid == 0).any() else int(np.bincount(grid.ravel()).argmax())`

/** Top, left, height and width. */
export type Box = readonly [number, number, number, number]

/** The smallest box around all cells that `isMeant` accepts; null if there are none. */
export function boxOf(grid: Grid, isMeant: (symbol: number) => boolean): Box | null {
  const rows = [...grid.keys()].filter((y) => grid[y]?.some(isMeant))
  const columns = [...(grid[0] ?? []).keys()].filter((x) => grid.some((row) => isMeant(row[x] ?? -1)))
  const [top, left] = [rows[0], columns[0]]
  if (top === undefined || left === undefined) return null
  return [top, left, (rows.at(-1) ?? top) - top + 1, (columns.at(-1) ?? left) - left + 1]
}

export const cutOut = (grid: Grid, [top, left, height, width]: Box): Grid | null =>
  buildGrid(height, width, (y, x) => cellAt(grid, top + y, left + x))

export const cutOutPython = `
def cut_out(grid, mask):
    """The part of the grid inside the smallest box around the mask."""
    ys, xs = np.nonzero(mask)
    return grid[ys.min():ys.max() + 1, xs.min():xs.max() + 1]`

/** Caches a result for as long as its grid lives; grids never change once made. */
export function remember<Result>(compute: (grid: Grid) => Result): (grid: Grid) => Result {
  const results = new WeakMap<Grid, Result>()
  return (grid) => {
    const earlier = results.get(grid)
    if (earlier !== undefined) return earlier
    const result = compute(grid)
    results.set(grid, result)
    return result
  }
}
