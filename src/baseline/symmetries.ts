import type { Grid } from '../domain/grid.ts'
import { buildGrid, cellAt, heightOf, widthOf } from './grids.ts'

type Turn = (grid: Grid, y: number, x: number) => number

/** Whether the sides change places, and where each cell comes from. Named as the programs and the reasoning name them. */
const turns: Readonly<Record<string, { readonly swapsSides: boolean; readonly from: Turn }>> = {
  'as it is': { swapsSides: false, from: cellAt },
  'mirrored left to right': { swapsSides: false, from: (grid, y, x) => cellAt(grid, y, widthOf(grid) - 1 - x) },
  'mirrored top to bottom': { swapsSides: false, from: (grid, y, x) => cellAt(grid, heightOf(grid) - 1 - y, x) },
  'turned half': {
    swapsSides: false,
    from: (grid, y, x) => cellAt(grid, heightOf(grid) - 1 - y, widthOf(grid) - 1 - x),
  },
  transposed: { swapsSides: true, from: (grid, y, x) => cellAt(grid, x, y) },
  'turned right': { swapsSides: true, from: (grid, y, x) => cellAt(grid, heightOf(grid) - 1 - x, y) },
  'turned left': { swapsSides: true, from: (grid, y, x) => cellAt(grid, x, widthOf(grid) - 1 - y) },
  'transposed the other way': {
    swapsSides: true,
    from: (grid, y, x) => cellAt(grid, heightOf(grid) - 1 - x, widthOf(grid) - 1 - y),
  },
}

export const symmetryNames: readonly string[] = Object.keys(turns)
export const mirrorNames = symmetryNames.slice(1, 4)

export function turnGrid(grid: Grid, name: string): Grid | null {
  const turn = turns[name]
  if (!turn) return null
  const [height, width] = turn.swapsSides ? [widthOf(grid), heightOf(grid)] : [heightOf(grid), widthOf(grid)]
  return buildGrid(height, width, (y, x) => turn.from(grid, y, x))
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
