import type { ReactNode } from 'react'
import type { Grid } from '../../../src/domain/grids/grid.ts'
import { renderSize } from './SizedGrid.tsx'
import styles from './TitledGrid.module.css'

/** A grid with a title above it and its size below. */
export function TitledGrid(props: { readonly title: string; readonly size?: Grid; readonly children: ReactNode }) {
  return (
    <figure className={styles.titled}>
      <figcaption>
        {props.title} {props.size && <span className={styles.size}>{renderSize(props.size)}</span>}
      </figcaption>
      {props.children}
    </figure>
  )
}
