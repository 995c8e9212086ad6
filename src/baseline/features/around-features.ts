import type { Grid } from '../../domain/grids/grid.ts'
import { backgroundOf, cellAt } from '../grids.ts'
import { computeCells, type Feature, type FeatureFamily } from './feature.ts'

const straight = [
  [0, 1],
  [1, 0],
  [0, -1],
  [-1, 0],
] as const
const corners = [
  [1, 1],
  [1, -1],
  [-1, 1],
  [-1, -1],
] as const

type Around = 'beside' | 'at the corners of' | 'around'
const places: Readonly<Record<Around, readonly (readonly [number, number])[]>> = {
  beside: straight,
  'at the corners of': corners,
  around: [...straight, ...corners],
}

const kinds: Readonly<Record<string, readonly [words: string, isColour: boolean]>> = {
  filled: ['how many cells {} it are filled', false],
  alike: ['how many cells {} it have its colour', false],
  highest: ['the colour {} it', true],
}

/** Counts and colours over the neighbours of each cell. */
export const aroundFeatures: FeatureFamily = {
  python: `
def around(grid, where, what):
    """Counts or picks among the neighbours of each cell."""
    steps = {"beside": [(0, 1), (1, 0), (0, -1), (-1, 0)], "at the corners of": [(1, 1), (1, -1), (-1, 1), (-1, -1)]}
    steps["around"] = steps["beside"] + steps["at the corners of"]
    empty = background(grid)
    near = np.stack([neighbour(grid, dy, dx) for dy, dx in steps[where]])
    filled = (near != empty) & (near >= 0)
    if what == "filled":
        return filled.sum(axis=0)
    if what == "alike":
        return (near == grid).sum(axis=0)
    return np.where(filled, near, -1).max(axis=0)`,
  features: (Object.keys(places) as Around[]).flatMap((where) =>
    Object.entries(kinds).map(([what, [words, isColour]]): Feature => ({
      call: `around(grid, ${JSON.stringify(where)}, ${JSON.stringify(what)})`,
      words: words.replace('{}', where),
      cost: 2,
      isColour,
      compute: (grid) => computeCells(grid, lookAround(grid, where, what)),
    })),
  ),
}

function lookAround(grid: Grid, where: Around, what: string): (y: number, x: number) => number {
  const background = backgroundOf(grid)
  return (y, x) => {
    const near = places[where].map(([dy, dx]) => cellAt(grid, y + dy, x + dx))
    if (what === 'alike') return near.filter((symbol) => symbol === cellAt(grid, y, x)).length
    const filledSymbols = near.filter((symbol) => symbol >= 0 && symbol !== background)
    return what === 'filled' ? filledSymbols.length : Math.max(-1, ...filledSymbols)
  }
}
