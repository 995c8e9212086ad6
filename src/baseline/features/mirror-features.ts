import { cellAt, heightOf, widthOf } from '../grids.ts'
import { symmetryNames, turnGrid } from '../symmetries.ts'
import { computeCells, type Feature, type FeatureFamily } from './feature.ts'

/** The cell that a symmetry of the whole grid puts in the place of each cell. */
export const mirrorFeatures: FeatureFamily = {
  python: `
def opposite(grid, how):
    """The symbol that a symmetry puts in the place of each cell; -1 where the sides do not match."""
    turned = turn(grid, how)
    return turned if turned.shape == grid.shape else np.full(grid.shape, -1)`,
  features: symmetryNames.slice(1).map((how): Feature => ({
    call: `opposite(grid, ${JSON.stringify(how)})`,
    words: `the cell in its place when the grid is ${how}`,
    cost: 2,
    isColour: true,
    compute: (grid) => {
      const turned = turnGrid(grid, how)
      const fits = turned && heightOf(turned) === heightOf(grid) && widthOf(turned) === widthOf(grid)
      return computeCells(grid, (y, x) => (fits ? cellAt(turned, y, x) : -1))
    },
  })),
}
