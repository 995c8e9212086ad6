import { useState, type ClipboardEvent, type KeyboardEvent, type PointerEvent } from 'react'
import type { Grid } from '../../../src/domain/grids/grid.ts'
import { renderGrid } from '../../../src/domain/grids/render-grid.ts'
import { clampCell, cutOut, heightOf, spanArea, wholeArea, widthOf, type Cell } from '../grid/edit-grid.ts'
import { fitCell, type Slot } from '../grid/fit-cell.ts'
import { GridView } from '../grid/GridView.tsx'
import { joinClasses } from '../parts/join-classes.ts'
import type { EditorState } from './editor-state.ts'
import { readKey } from './keys.ts'
import type { Dispatch } from './sessions.ts'
import styles from './SourceGrid.module.css'

interface SourceGridProps {
  readonly grid: Grid
  readonly label: string
  readonly slot: Slot
  readonly tool: EditorState['tool']
  readonly dispatch: Dispatch
}

/**
 * A read-only grid to copy from: Alt-click or the picking tool take a symbol; the selecting tool copies a piece. By keyboard it
 * has its own cursor: Enter takes the symbol, Shift+arrows and Ctrl+C a piece.
 */
export function SourceGrid({ grid, label, slot, tool, dispatch }: SourceGridProps) {
  const [cursor, setCursor] = useState<Cell | null>(null)
  const [anchor, setAnchor] = useState<Cell | null>(null)
  const selection = cursor && anchor ? spanArea(anchor, cursor) : null
  const forget = () => {
    setCursor(null)
    setAnchor(null)
  }
  const pick = (cell: Cell) => dispatch({ type: 'pick-symbol', symbol: grid[cell.row]?.[cell.column] ?? 0 })
  const take = () => {
    const piece = cutOut(grid, selection ?? wholeArea(grid))
    dispatch({ type: 'put-clipboard', piece })
    return piece
  }

  const press = (cell: Cell, event: PointerEvent) => {
    const at = clampCell(cell, grid)
    if (event.altKey || tool === 'pick') return pick(at)
    if (tool !== 'select') return forget()
    setCursor(at)
    setAnchor(at)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const from = cursor ?? { row: 0, column: 0 }
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault()
      return pick(from)
    }
    const action = readKey(event)
    if (action?.type === 'escape' && cursor) {
      event.preventDefault()
      return forget()
    }
    if (action?.type !== 'move-cursor') return
    event.preventDefault()
    setAnchor(action.extend ? (anchor ?? from) : null)
    setCursor(clampCell({ row: from.row + action.rows, column: from.column + action.columns }, grid))
  }
  return (
    <div
      onCopy={(event: ClipboardEvent) => {
        event.clipboardData.setData('text/plain', renderGrid(take()))
        event.preventDefault()
      }}
      onBlur={forget}
    >
      <GridView
        grid={grid}
        label={`${label}, ${heightOf(grid)} by ${widthOf(grid)}`}
        cell={fitCell(grid, slot)}
        cursor={cursor}
        selection={selection}
        className={joinClasses(styles.source, styles[tool])}
        pointer={{
          press,
          drag: (cell) => anchor && setCursor(clampCell(cell, grid)),
          release: () => selection && take(),
          cancel: forget,
        }}
        onKeyDown={onKeyDown}
        onFocus={() => setCursor((cell) => cell ?? { row: 0, column: 0 })}
      />
    </div>
  )
}
