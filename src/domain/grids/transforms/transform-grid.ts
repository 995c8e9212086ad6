import type { Grid } from '../grid.ts'
import { permuteSymbols } from './permutation.ts'
import { applySymmetry } from './symmetry.ts'
import type { Transform } from './transform.ts'

/** What a transform of a task does to each of its grids; a swap changes none. */
export function transformGrid(grid: Grid, transform: Transform): Grid {
  switch (transform.kind) {
    case 'symmetry':
      return applySymmetry(grid, transform.symmetry)
    case 'permute':
      return permuteSymbols(grid, transform.symbols)
    case 'swap':
      return grid
  }
}
