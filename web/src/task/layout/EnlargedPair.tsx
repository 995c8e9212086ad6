import { useEffect, useRef, type KeyboardEvent } from 'react'
import type { Pair } from '../../../../src/domain/tasks/task.ts'
import type { EditorState } from '../../editor/editor-state.ts'
import type { Dispatch } from '../../editor/sessions.ts'
import { SourceGrid } from '../../editor/SourceGrid.tsx'
import type { Slot } from '../../grid/fit-cell.ts'
import { SizedGrid } from '../../grid/SizedGrid.tsx'
import { useViewport, type Viewport } from '../../parts/hooks/use-viewport.ts'
import styles from './EnlargedPair.module.css'

interface EnlargedPairProps {
  readonly pairs: readonly Pair[]
  readonly index: number
  readonly tool: EditorState['tool']
  readonly dispatch: Dispatch
  /** Shows another pair, or none. */
  readonly onShow: (index: number | undefined) => void
}

/** A train pair as large as the window allows: beside the editor, cells of 30×30 grids are small. */
export function EnlargedPair({ pairs, index, tool, dispatch, onShow }: EnlargedPairProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    dialog.current?.showModal()
  }, [])
  const viewport = useViewport()
  const pair = pairs[index]
  const show = (next: number) => {
    if (pairs[next]) onShow(next)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    // An arrow in a grid moves its cursor.
    if (event.defaultPrevented) return
    if (event.key === 'ArrowLeft') show(index - 1)
    else if (event.key === 'ArrowRight') show(index + 1)
    else if (event.key.toLowerCase() === 'z') dialog.current?.close()
  }
  return (
    <dialog
      ref={dialog}
      className={styles.enlarged}
      aria-labelledby="enlarged-title"
      onClose={() => onShow(undefined)}
      onKeyDown={onKeyDown}
    >
      <div className="dialog-head">
        <h2 id="enlarged-title">
          Train {index + 1} of {pairs.length}
        </h2>
        <span className="buttons">
          <button type="button" aria-label="Previous train pair" disabled={index === 0} onClick={() => show(index - 1)}>
            ←
          </button>
          <button
            type="button"
            aria-label="Next train pair"
            disabled={index + 1 === pairs.length}
            onClick={() => show(index + 1)}
          >
            →
          </button>
          <button type="button" onClick={() => dialog.current?.close()}>
            Close
          </button>
        </span>
      </div>
      {pair && (
        <div className={styles.enlargedGrids}>
          {(['input', 'output'] as const).map((part) => (
            <SizedGrid key={part} grid={pair[part]}>
              <SourceGrid
                key={index}
                grid={pair[part]}
                label={`Train ${index + 1} ${part}, enlarged`}
                slot={planSlot(viewport)}
                tool={tool}
                dispatch={dispatch}
              />
            </SizedGrid>
          ))}
        </div>
      )}
    </dialog>
  )
}

/** Space around the grids; it follows the style sheet. */
const around = { width: 72, height: 150 }

/** Side by side in a wide window, stacked in a tall one. */
function planSlot({ width, height }: Viewport): Slot {
  const room = { width: width - around.width, height: height - around.height }
  return width > height
    ? { ...room, width: Math.floor(room.width / 2) }
    : { ...room, height: Math.floor(room.height / 2) }
}
