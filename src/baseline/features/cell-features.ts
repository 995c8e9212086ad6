import { backgroundOf, cellAt, countSymbols, heightOf, widthOf } from '../grids.ts'
import { computeCells, type Feature, type FeatureFamily } from './feature.ts'
import type { Grid } from '../../domain/grid.ts'

type Kind = readonly [
  words: string,
  cost: number,
  isColour: boolean,
  cell: (grid: Grid) => (y: number, x: number) => number,
]

const fromTheEnd = (grid: Grid, y: number, x: number) => [heightOf(grid) - 1 - y, widthOf(grid) - 1 - x] as const

/** What a cell is and where it lies, by the name that programs use. */
const kinds: Readonly<Record<string, Kind>> = {
  colour: ['its colour', 0, true, (grid) => (y, x) => cellAt(grid, y, x)],
  'is background': [
    'whether it is background',
    0,
    false,
    (grid) => {
      const background = backgroundOf(grid)
      return (y, x) => Number(cellAt(grid, y, x) === background)
    },
  ],
  row: ['its row', 3, false, () => (y) => y],
  column: ['its column', 3, false, () => (_, x) => x],
  'row from below': ['its row from below', 4, false, (grid) => (y, x) => fromTheEnd(grid, y, x)[0]],
  'column from the right': ['its column from the right', 4, false, (grid) => (y, x) => fromTheEnd(grid, y, x)[1]],
  'row parity': ['whether its row is odd', 2, false, () => (y) => y % 2],
  'column parity': ['whether its column is odd', 2, false, () => (_, x) => x % 2],
  'column parity from the right': [
    'whether its column from the right is odd',
    3,
    false,
    (grid) => (y, x) => fromTheEnd(grid, y, x)[1] % 2,
  ],
  checkerboard: ['its place on a checkerboard', 2, false, () => (y, x) => (y + x) % 2],
  'row of three': ['its row modulo 3', 3, false, () => (y) => y % 3],
  'column of three': ['its column modulo 3', 3, false, () => (_, x) => x % 3],
  'falling diagonal': ['its diagonal', 3, false, () => (y, x) => x - y],
  'rising diagonal': ['its rising diagonal', 3, false, () => (y, x) => y + x],
  'distance to the edge': [
    'its distance to the edge',
    2,
    false,
    (grid) => (y, x) => Math.min(y, x, ...fromTheEnd(grid, y, x)),
  ],
  'on the edge': [
    'whether it lies on the edge',
    2,
    false,
    (grid) => (y, x) => Number(Math.min(y, x, ...fromTheEnd(grid, y, x)) === 0),
  ],
  'commonest colour': [
    'the commonest colour beside the background',
    3,
    true,
    (grid) => {
      const found = rankColours(grid)[0] ?? -1
      return () => found
    },
  ],
  'rarest colour': [
    'the rarest colour',
    3,
    true,
    (grid) => {
      const found = rankColours(grid).at(-1) ?? -1
      return () => found
    },
  ],
  'colours above its own': [
    'how many colours are commoner than its own',
    3,
    false,
    (grid) => {
      const counts = countSymbols(grid)
      return (y, x) => counts.filter((count) => count > (counts[cellAt(grid, y, x)] ?? 0)).length
    },
  ],
}

/** Colours but the background, the commonest first, the smaller first on a tie. */
function rankColours(grid: Grid): number[] {
  const [counts, background] = [countSymbols(grid), backgroundOf(grid)]
  const present = [...counts.keys()].filter((colour) => counts[colour] && colour !== background)
  return present.sort((a, b) => (counts[b] ?? 0) - (counts[a] ?? 0))
}

export const cellFeatures: FeatureFamily = {
  name: 'of_cell',
  python: `
def of_cell(grid, name):
    """What each cell is and where it lies."""
    height, width = grid.shape
    y, x = np.indices(grid.shape)
    counts = np.bincount(grid.ravel(), minlength=10)
    present = sorted((c for c in range(10) if counts[c] and c != background(grid)), key=lambda c: -counts[c])
    edge = np.minimum(np.minimum(y, x), np.minimum(height - 1 - y, width - 1 - x))
    return {
        "colour": grid,
        "is background": (grid == background(grid)).astype(int),
        "row": y,
        "column": x,
        "row from below": height - 1 - y,
        "column from the right": width - 1 - x,
        "row parity": y % 2,
        "column parity": x % 2,
        "column parity from the right": (width - 1 - x) % 2,
        "checkerboard": (y + x) % 2,
        "row of three": y % 3,
        "column of three": x % 3,
        "falling diagonal": x - y,
        "rising diagonal": y + x,
        "distance to the edge": edge,
        "on the edge": (edge == 0).astype(int),
        "commonest colour": np.full(grid.shape, present[0] if present else -1),
        "rarest colour": np.full(grid.shape, present[-1] if present else -1),
        "colours above its own": (counts[None, None, :] > counts[grid][:, :, None]).sum(axis=2),
    }[name]`,
  features: Object.entries(kinds).map(([name, [words, cost, isColour, cell]]): Feature => ({
    call: `of_cell(grid, ${JSON.stringify(name)})`,
    words,
    cost,
    isColour,
    compute: (grid) => computeCells(grid, cell(grid)),
  })),
}
