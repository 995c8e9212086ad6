import { renderGrid } from '../../../src/domain/grids/render-grid.ts'
import { cutOut, wholeArea } from '../grid/edit-grid.ts'
import { joinClasses } from '../parts/join-classes.ts'
import choice from '../parts/ModeChoice.module.css'
import { tools, type EditorState, type Tool } from './editor-state.ts'
import { toolKeys } from './keys.ts'
import type { EditorAction } from './reduce-editor.ts'
import type { Dispatch } from './sessions.ts'
import styles from './ToolBar.module.css'

const toolTitles: Readonly<Record<Tool, string>> = {
  draw: 'Draw',
  rectangle: 'Rectangle',
  select: 'Select',
  fill: 'Fill',
  pick: 'Pick',
}

interface ButtonLook {
  readonly keys?: string
  /** Shown instead of the title. */
  readonly sign?: string
  readonly off?: boolean
}

export function ToolBar({ state, dispatch }: { readonly state: EditorState; readonly dispatch: Dispatch }) {
  const { floating, selection, clipboard, past, future } = state
  const copy = () => {
    // The page's own clipboard is used if the system's cannot be written.
    navigator.clipboard?.writeText(renderGrid(cutOut(state.grid, selection ?? wholeArea(state.grid)))).catch(() => {})
    dispatch({ type: 'copy' })
  }
  const button = (title: string, action: EditorAction, { keys, sign, off = false }: ButtonLook) => (
    <button
      type="button"
      aria-disabled={off}
      aria-label={title}
      title={keys === undefined ? title : `${title} (${keys})`}
      // Not `disabled`: a disabled button would lose the focus.
      onClick={() => off || dispatch(action)}
    >
      {sign ?? title}
    </button>
  )
  return (
    <div className={styles.toolbars}>
      <div className={joinClasses(choice.choice, styles.tools)} role="group" aria-label="Tools">
        {tools.map((tool) => (
          <button
            key={tool}
            type="button"
            aria-pressed={state.tool === tool}
            aria-keyshortcuts={toolKeys[tool]}
            onClick={() => dispatch({ type: 'choose-tool', tool })}
          >
            {toolTitles[tool]} <kbd aria-hidden="true">{toolKeys[tool]}</kbd>
          </button>
        ))}
      </div>
      <div className={styles.quiet} role="group" aria-label={selection ? 'Selection' : 'Whole grid'}>
        {button('Undo', { type: 'undo' }, { sign: '↶', keys: 'Ctrl+Z', off: past.length === 0 && !floating })}
        {button('Redo', { type: 'redo' }, { sign: '↷', keys: 'Ctrl+Y', off: future.length === 0 })}
        {floating ? (
          <>
            {button('Place', { type: 'apply' }, { keys: 'Enter' })}
            {button('Drop', { type: 'escape' }, { keys: 'Esc' })}
          </>
        ) : (
          <>
            <button type="button" title="Copy the selection or the grid (Ctrl+C)" onClick={copy}>
              Copy
            </button>
            {button('Paste', { type: 'paste' }, { keys: 'Ctrl+V', off: !clipboard })}
            {button('Move', { type: 'lift' }, { keys: 'M', off: !selection })}
            {button('Blank', { type: 'blank' }, { keys: 'Delete' })}
          </>
        )}
        {button('Mirror left to right', { type: 'flip', symmetry: 'mirror-left-right' }, { sign: '↔', keys: 'H' })}
        {button('Mirror top to bottom', { type: 'flip', symmetry: 'mirror-top-bottom' }, { sign: '↕', keys: 'V' })}
        {button('Turn clockwise', { type: 'flip', symmetry: 'rotate-90' }, { sign: '↻' })}
      </div>
    </div>
  )
}
