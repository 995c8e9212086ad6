import type { ReactNode } from 'react'
import type { Grid } from '../../../src/domain/grids/grid.ts'
import { heightOf, widthOf } from './edit-grid.ts'
import styles from './SizedGrid.module.css'

/** A grid with its size below it: rows × columns. */
export function SizedGrid({ grid, children }: { readonly grid: Grid; readonly children: ReactNode }) {
  return (
    <figure className={styles.sizedGrid}>
      {children}
      <figcaption className={styles.size}>{renderSize(grid)}</figcaption>
    </figure>
  )
}

export function renderSize(grid: Grid): string {
  return `${heightOf(grid)} × ${widthOf(grid)}`
}
