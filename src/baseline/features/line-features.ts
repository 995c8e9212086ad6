import type { Grid } from '../../domain/grids/grid.ts'
import { backgroundOf, cellAt, countSymbols } from '../grids.ts'
import { turnGrid } from '../symmetries.ts'
import { computeCells, type Feature, type FeatureFamily } from './feature.ts'

type Line = readonly number[]

const kinds: Readonly<
  Record<string, readonly [words: string, isColour: boolean, of: (line: Line, empty: number) => number]>
> = {
  filled: [
    'how many cells of its {} are filled',
    false,
    (line, empty) => line.filter((symbol) => symbol !== empty).length,
  ],
  'one colour': ['whether its {} is all of one colour', false, (line) => Number(new Set(line).size === 1)],
  commonest: [
    'the commonest colour of its {}',
    true,
    (line, empty) => {
      const counts = countSymbols([line]).map((count, colour) => (colour === empty ? 0 : count))
      const most = Math.max(...counts)
      return most === 0 ? -1 : counts.indexOf(most)
    },
  ],
  first: ['the first cell of its {}', true, (line) => line[0] ?? -1],
  last: ['the last cell of its {}', true, (line) => line.at(-1) ?? -1],
}

/** Properties of the whole row or column of each cell. */
export const lineFeatures: FeatureFamily = {
  python: `
def of_line(grid, line, what):
    """What the whole row or column of each cell holds."""
    empty = background(grid)
    lines = grid if line == "row" else grid.T
    values = []
    for cells in lines:
        counts = np.bincount(cells, minlength=10)
        counts[empty] = 0
        values.append({
            "filled": (cells != empty).sum(),
            "one colour": (cells == cells[0]).all(),
            "commonest": counts.argmax() if counts.any() else -1,
            "first": cells[0],
            "last": cells[-1],
        }[what])
    result = np.repeat(np.array(values, int)[:, None], lines.shape[1], axis=1)
    return result if line == "row" else result.T`,
  features: ['row', 'column'].flatMap((line) =>
    Object.entries(kinds).map(([what, [words, isColour, of]]): Feature => ({
      call: `of_line(grid, ${JSON.stringify(line)}, ${JSON.stringify(what)})`,
      words: words.replace('{}', line),
      cost: 2,
      isColour,
      compute: (grid) => computeLines(grid, line, of),
    })),
  ),
}

function computeLines(grid: Grid, line: string, of: (line: Line, empty: number) => number): Int16Array {
  const empty = backgroundOf(grid)
  const lines = line === 'row' ? grid : (turnGrid(grid, 'transposed') ?? grid)
  const values = [lines.map((cells) => of(cells, empty))]
  return computeCells(grid, (y, x) => cellAt(values, 0, line === 'row' ? y : x))
}
