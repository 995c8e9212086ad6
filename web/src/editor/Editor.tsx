import { useEffect, useRef, type PointerEvent } from 'react'
import type { Grid } from '../../../src/domain/grids/grid.ts'
import { heightOf, spanArea, widthOf, type Area, type Cell } from '../grid/edit-grid.ts'
import { fitCell, type Slot } from '../grid/fit-cell.ts'
import { GridView, type GridPointer } from '../grid/GridView.tsx'
import sized from '../grid/SizedGrid.module.css'
import { renderSize } from '../grid/SizedGrid.tsx'
import { joinClasses } from '../parts/join-classes.ts'
import head from '../parts/SectionHead.module.css'
import { visibleGrid, type EditorState } from './editor-state.ts'
import styles from './Editor.module.css'
import type { Dispatch } from './sessions.ts'
import { SizeFields } from './SizeFields.tsx'
import { SymbolBar } from './SymbolBar.tsx'
import { ToolBar } from './ToolBar.tsx'
import { useEditorKeys } from './use-editor-keys.ts'

/** Space around the grid for its focus ring. */
const edge = 12

/** Larger than in other grids: cells to draw in take the space of a small grid. */
const maxCellPx = 120

interface EditorProps {
  readonly state: EditorState
  readonly dispatch: Dispatch
  readonly input: Grid
  readonly slot: Slot
  /** Cells to mark as wrong, as `row,column`. */
  readonly marks: ReadonlySet<string> | undefined
}

/** Edits the output of one test input. */
export function Editor({ state, dispatch, input, slot, marks }: EditorProps) {
  const place = useRef<HTMLDivElement>(null)
  useEditorKeys(state, dispatch, place)
  const isFloating = state.floating !== null
  useEffect(() => {
    // A floating piece is moved by arrows and placed by Enter, also if a button created it.
    if (isFloating) place.current?.querySelector<HTMLElement>('[role=grid]')?.focus({ preventScroll: true })
  }, [isFloating])
  const grid = visibleGrid(state)
  const room = { width: slot.width - edge, height: slot.height - edge }
  // As high as the grid one starts with, so that small changes of size move nothing below it.
  const minHeight = heightOf(state.start) * fitCell(state.start, room, maxCellPx) + edge
  return (
    <div className={styles.editor}>
      <div className={head.head}>
        <h2>Your output</h2>
        <span className={styles.said} aria-live="polite" title={state.said.text}>
          <span key={state.said.number}>{state.said.text}</span>
        </span>
        <span className={sized.size}>{renderSize(grid)}</span>
      </div>
      <ToolBar state={state} dispatch={dispatch} />
      <SymbolBar state={state} dispatch={dispatch} />
      <div className={styles.editorPlace} ref={place} style={{ minHeight }}>
        <GridView
          grid={grid}
          label={`Your output, ${heightOf(grid)} by ${widthOf(grid)}`}
          cell={fitCell(grid, room, maxCellPx)}
          // While a piece floats, the keys move it.
          cursor={state.floating ? null : state.cursor}
          selection={state.selection}
          outline={outlineOf(state)}
          editable
          className={joinClasses(styles.drawing, styles[state.floating ? 'float' : state.tool])}
          pointer={followPointer(state, dispatch)}
          {...(marks && { marks })}
        />
      </div>
      <div className={styles.editorBelow}>
        <SizeFields grid={grid} dispatch={dispatch} />
        <span className="spacer" />
        <button type="button" onClick={() => dispatch({ type: 'load', grid: input, what: 'copied from the input' })}>
          Copy from input
        </button>
        <button type="button" onClick={() => dispatch({ type: 'reset' })}>
          Reset
        </button>
      </div>
    </div>
  )
}

function outlineOf({ floating, gesture }: EditorState): Area | null {
  if (floating) return { ...floating.at, height: heightOf(floating.piece), width: widthOf(floating.piece) }
  return gesture?.kind === 'rectangle' ? spanArea(gesture.from, gesture.to) : null
}

function followPointer(state: EditorState, dispatch: Dispatch): GridPointer {
  return {
    press(cell: Cell, event: PointerEvent) {
      const symbol = state.grid[cell.row]?.[cell.column]
      if (event.altKey && symbol !== undefined) dispatch({ type: 'pick-symbol', symbol })
      else dispatch({ type: 'press', cell })
    },
    drag: (cell) => dispatch({ type: 'drag', cell }),
    release: () => dispatch({ type: 'release' }),
    cancel: () => dispatch({ type: 'escape' }),
    ...(state.floating && { hover: (cell) => dispatch({ type: 'hover', cell }) }),
  }
}
