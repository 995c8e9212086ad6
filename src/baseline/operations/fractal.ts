import type { Grid } from '../../domain/grids/grid.ts'
import { backgroundOf, buildGrid, cellAt, heightOf, mapCells, widthOf } from '../grids.ts'
import { defineOperation, type Evidence } from '../operation.ts'

type Arguments = [colour: number | null, negative: boolean]

const maxSide = 5
const everyWay = [null, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9].flatMap((colour) =>
  [false, true].map((negative): Arguments => [colour, negative]),
)

/**
 * Each cell becomes a block of the size of the whole grid: a copy of the grid (or of its negative) at marked cells, else empty.
 */
export const fractal = defineOperation<Arguments>({
  name: 'fractal',
  python: `
def fractal(grid, colour, negative):
    """Each cell of the colour (None: each filled one) becomes a copy of the whole grid (or of its negative), others empty."""
    empty = background(grid)
    meant = grid != empty if colour is None else grid == colour
    stamp = np.where(grid == empty, grid.max(), empty) if negative else grid
    return np.where(np.kron(meant, np.ones(grid.shape, int)) == 1, np.tile(stamp, grid.shape), empty)`,
  apply: enlarge,
  words: (colour, negative) =>
    `Each cell becomes a block of the size of the input: ${negative ? 'its negative' : 'the input again'} where the cell is ${colour === null ? 'filled' : `colour ${colour}`}, empty elsewhere.`,
  cost: (colour, negative) => 4 + (colour === null ? 0 : 2) + Number(negative),
  propose: ({ train }: Evidence) =>
    train.every(
      ({ input, output }) =>
        heightOf(input) <= maxSide &&
        heightOf(output) === heightOf(input) ** 2 &&
        widthOf(output) === widthOf(input) ** 2,
    )
      ? everyWay
      : [],
  examples: everyWay.slice(0, 4),
})

function enlarge(grid: Grid, colour: number | null, negative: boolean): Grid | null {
  const [height, width, empty] = [heightOf(grid), widthOf(grid), backgroundOf(grid)]
  const isMeant = (symbol: number) => (colour === null ? symbol !== empty : symbol === colour)
  const brightest = Math.max(...grid.flat())
  const stamp = negative ? mapCells(grid, (symbol) => (symbol === empty ? brightest : empty)) : grid
  return buildGrid(height * height, width * width, (y, x) =>
    isMeant(cellAt(grid, Math.floor(y / height), Math.floor(x / width))) ? cellAt(stamp, y % height, x % width) : empty,
  )
}
