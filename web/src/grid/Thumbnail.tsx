import { memo } from 'react'
import { parsePackedGrid } from '../../../src/domain/grids/pack-grid.ts'
import styles from './Thumbnail.module.css'

/** A packed grid as a small picture: one path for each symbol, coloured by the palette's style sheet. */
export const Thumbnail = memo(function Thumbnail({ packed, size }: { readonly packed: string; readonly size: number }) {
  const rows = packed.split('/')
  const [height, width] = [rows.length, rows[0]?.length ?? 0]
  const cell = Math.floor(size / Math.max(height, width)) || size / Math.max(height, width)
  return (
    <svg
      className={styles.thumbnail}
      viewBox={`0 0 ${width} ${height}`}
      width={cell * width}
      height={cell * height}
      shapeRendering="crispEdges"
      aria-hidden="true"
    >
      {listPaths(packed).map(([symbol, path]) => (
        <path key={symbol} className={`f${symbol}`} d={path} />
      ))}
    </svg>
  )
})

/** Runs of equal cells in a row become one rectangle. */
function listPaths(packed: string): [symbol: number, path: string][] {
  const paths = new Map<number, string>()
  for (const [y, row] of (parsePackedGrid(packed) ?? []).entries()) {
    for (let x = 0; x < row.length;) {
      const symbol = row[x] ?? 0
      let end = x + 1
      while (row[end] === symbol) end += 1
      paths.set(symbol, `${paths.get(symbol) ?? ''}M${x} ${y}h${end - x}v1h-${end - x}z`)
      x = end
    }
  }
  return [...paths]
}
