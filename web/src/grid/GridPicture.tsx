import type { ReactNode } from 'react'
import type { Grid } from '../../../src/domain/grids/grid.ts'
import { useAppearance } from '../preferences/palettes.ts'
import { overlayGrids } from './compare-grids.ts'
import { heightOf, widthOf } from './edit-grid.ts'
import styles from './GridPicture.module.css'

interface GridPictureProps {
  readonly grid: Grid
  /** Its name for screen readers. */
  readonly label: string
  /** Side of a cell including its line, in pixels. */
  readonly cell: number
  /** Crosses out cells that differ from this grid. */
  readonly differsFrom?: Grid
}

/** A read-only grid: one picture, whereas `GridView` is a widget with an element for each cell. */
export function GridPicture({ grid, label, cell, differsFrom }: GridPictureProps) {
  return (
    <Sheet rows={heightOf(grid)} columns={widthOf(grid)} cell={cell} label={label}>
      <Cells grid={grid} cell={cell} />
      {differsFrom && <Crosses grid={grid} other={differsFrom} cell={cell} />}
    </Sheet>
  )
}

interface SheetProps {
  readonly rows: number
  readonly columns: number
  readonly cell: number
  readonly label: string
  readonly children: ReactNode
}

export function Sheet({ rows, columns, cell, label, children }: SheetProps) {
  const [width, height] = [columns * cell + 1, rows * cell + 1]
  return (
    <svg
      className={styles.picture}
      role="img"
      aria-label={label}
      viewBox={`0 0 ${width} ${height}`}
      width={width}
      height={height}
    >
      {children}
    </svg>
  )
}

/** The cells of a grid with the lines between them, starting at the upper left of a sheet. */
export function Cells({ grid, cell }: { readonly grid: Grid; readonly cell: number }) {
  const { symbols: areShown } = useAppearance()
  return (
    <>
      <rect
        className={styles.lines}
        width={widthOf(grid) * cell + 1}
        height={heightOf(grid) * cell + 1}
        shapeRendering="crispEdges"
      />
      {listPaths(grid, cell).map(([symbol, path]) => (
        <path key={symbol} className={`f${symbol}`} d={path} shapeRendering="crispEdges" />
      ))}
      {areShown &&
        cell >= smallestWithSymbols &&
        grid.flatMap((symbols, row) =>
          symbols.map((symbol, column) => (
            <Digit key={`${row},${column}`} symbol={symbol} row={row} column={column} cell={cell} />
          )),
        )}
    </>
  )
}

function Crosses({ grid, other, cell }: { readonly grid: Grid; readonly other: Grid; readonly cell: number }) {
  const path = overlayGrids(grid, other)
    .filter(({ match }) => match === 'differs' || match === 'extra')
    .map(({ row, column }) => {
      const [x, y, side] = [column * cell + 1, row * cell + 1, cell - 1]
      return `M${x} ${y}l${side} ${side}M${x + side} ${y}l-${side} ${side}`
    })
    .join('')
  return (
    <>
      <path className={styles.crossEdge} d={path} />
      <path className={styles.cross} d={path} />
    </>
  )
}

const smallestWithSymbols = 8

function Digit(props: {
  readonly symbol: number
  readonly row: number
  readonly column: number
  readonly cell: number
}) {
  const { symbol, row, column, cell } = props
  return (
    <text
      className={styles.digit}
      x={column * cell + 0.5 + cell / 2}
      y={row * cell + 0.5 + cell / 2}
      fontSize={cell * 0.55}
      style={{ fill: `var(--t${symbol})` }}
    >
      {symbol}
    </text>
  )
}

/** One path for each symbol. Lines would cover too much of small cells. */
function listPaths(grid: Grid, cell: number): [symbol: number, path: string][] {
  const paths = new Map<number, string>()
  const [gap, side] = cell < 6 ? [0, cell] : [1, cell - 1]
  for (const [row, symbols] of grid.entries()) {
    for (const [column, symbol] of symbols.entries()) {
      const square = `M${column * cell + gap} ${row * cell + gap}h${side}v${side}h-${side}z`
      paths.set(symbol, `${paths.get(symbol) ?? ''}${square}`)
    }
  }
  return [...paths]
}
