import type { Grid } from '../../domain/grids/grid.ts'
import { backgroundOf, heightOf, widthOf } from '../grids.ts'
import { defineOperation } from '../operation.ts'
import { turnGrid } from '../symmetries.ts'

type Which = 'repeated' | 'empty'
const whiches: readonly Which[] = ['repeated', 'empty']

/** Removes rows and columns that add nothing. */
export const dropLines = defineOperation<[which: Which]>({
  name: 'drop_lines',
  python: `
def drop_lines(grid, which):
    """Leaves out rows and columns that equal the one before, or are empty."""
    empty = background(grid)
    for _ in range(2):
        keep = [y for y, row in enumerate(grid) if not {
            "repeated": y > 0 and (row == grid[y - 1]).all(),
            "empty": (row == empty).all(),
        }[which]]
        if not keep:
            return None
        grid = grid[keep].T
    return grid`,
  apply(grid, which) {
    const empty = backgroundOf(grid)
    const isDropped = (row: readonly number[], before: readonly number[] | undefined) =>
      which === 'repeated' ? row.join() === before?.join() : row.every((symbol) => symbol === empty)
    const dropRows = (lines: Grid) =>
      turnGrid(
        lines.filter((row, y) => !isDropped(row, lines[y - 1])),
        'transposed',
      )
    const dropped = dropRows(grid)
    return dropped && dropRows(dropped)
  },
  words: (which) => `Rows and columns that are ${which} are left out.`,
  cost: () => 3,
  propose: ({ train }) =>
    train.some(({ input, output }) => heightOf(output) < heightOf(input) || widthOf(output) < widthOf(input))
      ? whiches.map((which): [Which] => [which])
      : [],
  examples: whiches.map((which) => [which]),
})
