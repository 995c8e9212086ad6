import type { Grid } from '../../grids/grid.ts'
import { applySymmetry } from '../../grids/transforms/symmetry.ts'

export function transposeGrid(grid: Grid): Grid {
  return applySymmetry(grid, 'transpose')
}
