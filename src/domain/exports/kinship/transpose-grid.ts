import type { Grid } from '../../grid.ts'
import { applySymmetry } from '../../transforms/symmetry.ts'

export function transposeGrid(grid: Grid): Grid {
  return applySymmetry(grid, 'transpose')
}
