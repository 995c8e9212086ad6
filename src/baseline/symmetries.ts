import type { Grid } from '../domain/grids/grid.ts'
import { applySymmetry, type Symmetry } from '../domain/grids/transforms/symmetry.ts'

/** The domain's symmetries, by the names that the programs and the reasoning use. */
const turns: Readonly<Record<string, Symmetry>> = {
  'as it is': 'identity',
  'mirrored left to right': 'mirror-left-right',
  'mirrored top to bottom': 'mirror-top-bottom',
  'turned half': 'rotate-180',
  transposed: 'transpose',
  'turned right': 'rotate-90',
  'turned left': 'rotate-270',
  'transposed the other way': 'anti-transpose',
}

export const symmetryNames: readonly string[] = Object.keys(turns)

/** Null if the grid has no rows left. */
export function turnGrid(grid: Grid, name: string): Grid | null {
  const symmetry = turns[name]
  return symmetry && grid.length > 0 ? applySymmetry(grid, symmetry) : null
}

export const turnPython = `
def turn(grid, how):
    return {
        "as it is": grid,
        "mirrored left to right": grid[:, ::-1],
        "mirrored top to bottom": grid[::-1],
        "turned half": grid[::-1, ::-1],
        "transposed": grid.T,
        "turned right": np.rot90(grid, -1),
        "turned left": np.rot90(grid),
        "transposed the other way": np.rot90(grid, 2).T,
    }[how]`
