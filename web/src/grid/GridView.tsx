import { memo, useId, useRef, type CSSProperties, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react'
import type { Grid } from '../../../src/domain/grids/grid.ts'
import { joinClasses } from '../parts/join-classes.ts'
import { nameSymbol, useAppearance, type PaletteName } from '../preferences/palettes.ts'
import { heightOf, widthOf, type Area, type Cell } from './edit-grid.ts'
import styles from './GridView.module.css'

export interface GridPointer {
  readonly press: (cell: Cell, event: PointerEvent) => void
  readonly drag?: (cell: Cell) => void
  readonly release?: () => void
  readonly cancel?: () => void
  readonly hover?: (cell: Cell) => void
}

interface GridViewProps {
  readonly grid: Grid
  /** Its name for screen readers. */
  readonly label: string
  /** Side of a cell including its line, in pixels. */
  readonly cell: number
  readonly cursor?: Cell | null
  readonly selection?: Area | null
  /** A floating piece, or a rectangle being drawn. */
  readonly outline?: Area | null
  /** Cells to mark, as `row,column`. */
  readonly marks?: ReadonlySet<string>
  readonly editable?: boolean
  readonly className?: string | undefined
  readonly pointer?: GridPointer
  readonly onKeyDown?: (event: KeyboardEvent) => void
  readonly onFocus?: () => void
}

/**
 * A grid of cells to look at or draw in. For screen readers it is an ARIA grid with one stop in the tab order: the cell under the
 * cursor is its active descendant. The pointer is tracked over the whole grid, and beyond its edge while pressed.
 */
export function GridView(props: GridViewProps) {
  const { grid, label, cell, cursor, selection, outline, marks, editable = false, className } = props
  const { palette } = useAppearance()
  const id = useId()
  const pointer = usePointer(props.pointer, cell)
  const style = { '--cell': `${cell}px`, '--columns': widthOf(grid), '--rows': heightOf(grid) } as CSSProperties
  return (
    <div
      className={joinClasses(styles.grid, cell < 6 && styles.fine, editable && styles.editable, className)}
      style={style}
      role="grid"
      aria-label={label}
      aria-readonly={!editable}
      aria-rowcount={heightOf(grid)}
      aria-colcount={widthOf(grid)}
      aria-activedescendant={cursor ? `${id}-${cursor.row}-${cursor.column}` : undefined}
      tabIndex={0}
      onKeyDown={props.onKeyDown}
      onFocus={props.onFocus}
      {...pointer}
    >
      {grid.map((symbols, row) => (
        <Row
          key={row}
          id={id}
          row={row}
          symbols={symbols}
          palette={palette}
          marked={marks ? symbols.map((_, column) => (marks.has(`${row},${column}`) ? 'x' : ' ')).join('') : ''}
        />
      ))}
      {selection && <Overlay area={selection} className={styles.selection} />}
      {outline && <Overlay area={outline} className={styles.outline} />}
      {cursor && <Overlay area={{ ...cursor, height: 1, width: 1 }} className={styles.cursor} />}
    </div>
  )
}

interface RowProps {
  readonly id: string
  readonly row: number
  readonly symbols: readonly number[]
  readonly palette: PaletteName
  readonly marked: string
}

/** Only changed rows are drawn again. */
const Row = memo(function Row({ id, row, symbols, palette, marked }: RowProps): ReactNode {
  return (
    <div role="row" className={styles.row}>
      {symbols.map((symbol, column) => {
        const isMarked = marked[column] === 'x'
        const label = `row ${row + 1}, column ${column + 1}, ${nameSymbol(symbol, palette)}${isMarked ? ', differs' : ''}`
        return (
          <div
            key={column}
            id={`${id}-${row}-${column}`}
            role="gridcell"
            aria-label={label}
            className={joinClasses(styles.cell, `s${symbol}`, isMarked && styles.marked)}
          />
        )
      })}
    </div>
  )
})

function Overlay({ area, className }: { readonly area: Area; readonly className: string | undefined }) {
  const style = { '--row': area.row, '--column': area.column, '--height': area.height, '--width': area.width }
  return <div className={joinClasses(styles.overlay, className)} style={style as CSSProperties} aria-hidden="true" />
}

function usePointer(pointer: GridPointer | undefined, cell: number) {
  /** The pointer that is pressed; meanwhile others are ignored. */
  const down = useRef<number>(undefined)
  if (!pointer) return {}
  const cellAt = (event: PointerEvent): Cell => {
    const { left, top } = event.currentTarget.getBoundingClientRect()
    return { row: Math.floor((event.clientY - top - 1) / cell), column: Math.floor((event.clientX - left - 1) / cell) }
  }
  const end = (event: PointerEvent, how: (() => void) | undefined) => {
    if (down.current !== event.pointerId) return
    down.current = undefined
    if (event.currentTarget.hasPointerCapture(event.pointerId))
      event.currentTarget.releasePointerCapture(event.pointerId)
    how?.()
  }
  return {
    onPointerDown(event: PointerEvent) {
      if (event.button !== 0 || !event.isPrimary || (down.current ?? event.pointerId) !== event.pointerId) return
      down.current = event.pointerId
      event.currentTarget.setPointerCapture(event.pointerId)
      pointer.press(cellAt(event), event)
    },
    onPointerMove(event: PointerEvent) {
      if (down.current === event.pointerId) pointer.drag?.(cellAt(event))
      else if (down.current === undefined) pointer.hover?.(cellAt(event))
    },
    onPointerUp: (event: PointerEvent) => end(event, pointer.release),
    onPointerCancel: (event: PointerEvent) => end(event, pointer.cancel),
  }
}
