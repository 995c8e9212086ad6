import type { Grid } from '../../domain/grids/grid.ts'
import { backgroundOf, cellAt, countSymbols, heightOf, widthOf } from '../grids.ts'
import { computeCells, type Feature, type FeatureFamily } from './feature.ts'

type Cell = (y: number, x: number) => number

const rowFromBelow = (grid: Grid, y: number) => heightOf(grid) - 1 - y
const columnFromRight = (grid: Grid, x: number) => widthOf(grid) - 1 - x
const distanceToEdge = (grid: Grid, y: number, x: number) =>
  Math.min(y, x, rowFromBelow(grid, y), columnFromRight(grid, x))

/** What a cell is: a Python expression, the words for it, its cost, and the same value per cell. */
const colours: readonly (readonly [call: string, words: string, cost: number, of: (grid: Grid) => Cell])[] = [
  ['grid', 'its colour', 0, (grid) => (y, x) => cellAt(grid, y, x)],
  ['colour_of_rank(grid, 0)', 'the commonest colour beside the background', 3, (grid) => always(rankColours(grid)[0])],
  ['colour_of_rank(grid, -1)', 'the rarest colour', 3, (grid) => always(rankColours(grid).at(-1))],
]

/** What a cell is or where it lies, in the same form. */
const places: typeof colours = [
  [
    '(grid == background(grid))',
    'whether it is background',
    0,
    (grid) => {
      const background = backgroundOf(grid)
      return (y, x) => Number(cellAt(grid, y, x) === background)
    },
  ],
  ['rows(grid)', 'its row', 3, () => (y) => y],
  ['columns(grid)', 'its column', 3, () => (_, x) => x],
  ['rows(grid)[::-1]', 'its row counted from below', 4, (grid) => (y) => rowFromBelow(grid, y)],
  ['columns(grid)[:, ::-1]', 'its column counted from the right', 4, (grid) => (_, x) => columnFromRight(grid, x)],
  ['(rows(grid) % 2)', 'whether its row is odd', 2, () => (y) => y % 2],
  ['(columns(grid) % 2)', 'whether its column is odd', 2, () => (_, x) => x % 2],
  [
    '(columns(grid)[:, ::-1] % 2)',
    'whether its column counted from the right is odd',
    3,
    (grid) => (_, x) => columnFromRight(grid, x) % 2,
  ],
  ['((rows(grid) + columns(grid)) % 2)', 'its place on a checkerboard', 2, () => (y, x) => (y + x) % 2],
  ['(rows(grid) % 3)', 'its row modulo 3', 3, () => (y) => y % 3],
  ['(columns(grid) % 3)', 'its column modulo 3', 3, () => (_, x) => x % 3],
  ['(columns(grid) - rows(grid))', 'its falling diagonal', 3, () => (y, x) => x - y],
  ['(columns(grid) + rows(grid))', 'its rising diagonal', 3, () => (y, x) => y + x],
  ['distance_to_edge(grid)', 'its distance to the edge', 2, (grid) => (y, x) => distanceToEdge(grid, y, x)],
  [
    '(distance_to_edge(grid) == 0)',
    'whether it lies on the edge',
    2,
    (grid) => (y, x) => Number(distanceToEdge(grid, y, x) === 0),
  ],
]

const always = (symbol: number | undefined) => () => symbol ?? -1

/** Colours except the background, the most common first, the smaller first on a tie. */
function rankColours(grid: Grid): number[] {
  const [counts, background] = [countSymbols(grid), backgroundOf(grid)]
  const present = [...counts.keys()].filter((colour) => counts[colour] && colour !== background)
  return present.sort((a, b) => (counts[b] ?? 0) - (counts[a] ?? 0))
}

const toFeature =
  (isColour: boolean) =>
  ([call, words, cost, of]: (typeof places)[number]): Feature => ({
    call,
    words,
    cost,
    isColour,
    compute: (grid) => computeCells(grid, of(grid)),
  })

export const cellFeatures: FeatureFamily = {
  python: [
    `
def rows(grid):
    """The row of each cell, from 0."""
    return np.indices(grid.shape)[0]`,
    `
def columns(grid):
    """The column of each cell, from 0."""
    return np.indices(grid.shape)[1]`,
    `
def distance_to_edge(grid):
    """How far each cell lies from the nearest edge of the grid."""
    y, x = rows(grid), columns(grid)
    return np.minimum(np.minimum(y, x), np.minimum(y[::-1], x[:, ::-1]))`,
    `
def colour_of_rank(grid, rank):
    """The same for each cell: a colour by how common it is, the background left out; -1 where there is none."""
    counts = np.bincount(grid.ravel(), minlength=10)
    present = sorted((c for c in range(10) if counts[c] and c != background(grid)), key=lambda c: -counts[c])
    return np.full(grid.shape, present[rank] if present else -1)`,
  ],
  features: [...colours.map(toFeature(true)), ...places.map(toFeature(false))],
}
