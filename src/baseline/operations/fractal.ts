import type { Grid } from '../../domain/grid.ts'
import { backgroundOf, buildGrid, cellAt, countSymbols, heightOf, mapCells, widthOf } from '../grids.ts'
import { defineOperation, type Evidence } from '../operation.ts'

type Where = 'filled' | 'empty' | 'commonest' | 'rarest' | number

const wheres: readonly Where[] = ['filled', 'empty', 'commonest', 'rarest', 1, 2, 3, 4, 5, 6, 7, 8, 9]

/** Each cell becomes a block as large as the whole grid: a copy of it (or of its negative) where the cell is meant, else empty. */
export const fractal = defineOperation<[where: Where, negative: boolean]>({
  name: 'fractal',
  python: `
def fractal(grid, where, negative):
    """Each cell that is meant becomes a copy of the whole grid (or of its negative), every other one an empty block."""
    empty = background(grid)
    counts = np.bincount(grid.ravel(), minlength=10)
    counts[empty] = 0
    present = [symbol for symbol in range(10) if counts[symbol]]
    commonest, rarest = counts.argmax(), min(present, key=lambda symbol: counts[symbol], default=-1)
    meant = {"filled": grid != empty, "empty": grid == empty, "commonest": grid == commonest, "rarest": grid == rarest}
    mask = meant[where] if isinstance(where, str) else grid == where
    stamp = np.where(grid == empty, commonest, empty) if negative else grid
    return np.where(np.kron(mask, np.ones(grid.shape, int)) == 1, np.tile(stamp, grid.shape), empty)`,
  apply: enlarge,
  words: (where, negative) =>
    `Each cell becomes a block of the size of the input: ${negative ? 'its negative' : 'the input again'} where the cell is ${typeof where === 'number' ? `colour ${where}` : where}, empty elsewhere.`,
  cost: (where, negative) => 4 + (typeof where === 'number' ? 2 : 0) + Number(negative),
  propose: proposeFractals,
  examples: wheres.slice(0, 5).flatMap((where) => [[where, false] as const, [where, true] as const]) as [
    Where,
    boolean,
  ][],
})

function* proposeFractals({ train }: Evidence): Iterable<[Where, boolean]> {
  const fits = train.every(
    ({ input, output }) =>
      heightOf(output) === heightOf(input) ** 2 && widthOf(output) === widthOf(input) ** 2 && heightOf(input) <= 5,
  )
  if (fits)
    for (const where of wheres)
      yield* [
        [where, false],
        [where, true],
      ] as [Where, boolean][]
}

function enlarge(grid: Grid, where: Where, negative: boolean): Grid | null {
  const [height, width, empty] = [heightOf(grid), widthOf(grid), backgroundOf(grid)]
  const counts = countSymbols(grid).map((count, symbol) => (symbol === empty ? 0 : count))
  const present = counts.filter((count) => count > 0)
  const commonest = counts.indexOf(Math.max(...counts))
  const colour = where === 'commonest' ? commonest : where === 'rarest' ? counts.indexOf(Math.min(...present)) : where
  const isMeant = (symbol: number) =>
    where === 'filled' ? symbol !== empty : where === 'empty' ? symbol === empty : symbol === colour
  const stamp = negative ? mapCells(grid, (symbol) => (symbol === empty ? commonest : empty)) : grid
  return buildGrid(height * height, width * width, (y, x) =>
    isMeant(cellAt(grid, Math.floor(y / height), Math.floor(x / width))) ? cellAt(stamp, y % height, x % width) : empty,
  )
}
