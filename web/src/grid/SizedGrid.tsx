import type { ReactNode } from 'react'
import type { Grid } from '../../../src/domain/grids/grid.ts'
import { heightOf, widthOf } from './edit-grid.ts'

/** A grid with its size below it: rows × columns. */
export function SizedGrid({ grid, children }: { readonly grid: Grid; readonly children: ReactNode }) {
  return (
    <figure className="sized-grid">
      {children}
      <figcaption>{renderSize(grid)}</figcaption>
    </figure>
  )
}

export function renderSize(grid: Grid): string {
  return `${heightOf(grid)} × ${widthOf(grid)}`
}
