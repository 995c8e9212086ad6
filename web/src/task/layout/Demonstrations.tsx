import { memo } from 'react'
import type { Pair } from '../../../../src/domain/tasks/task.ts'
import type { EditorState } from '../../editor/editor-state.ts'
import type { Dispatch } from '../../editor/sessions.ts'
import { SourceGrid } from '../../editor/SourceGrid.tsx'
import { SizedGrid } from '../../grid/SizedGrid.tsx'
import { joinClasses } from '../../parts/join-classes.ts'
import styles from './Demonstrations.module.css'
import type { Layout } from './plan-layout.ts'

interface DemonstrationsProps {
  readonly pairs: readonly Pair[]
  readonly layout: Layout
  readonly tool: EditorState['tool']
  readonly dispatch: Dispatch
  readonly onEnlarge: (index: number) => void
}

/** Not drawn again with each stroke in the editor. */
export const Demonstrations = memo(function Demonstrations(props: DemonstrationsProps) {
  const { pairs, layout, tool, dispatch, onEnlarge } = props
  return (
    <section
      className={joinClasses(styles.demonstrations, layout.kind === 'narrow' && styles.strip)}
      aria-label="Train pairs"
      style={{ gridTemplateColumns: `repeat(${layout.columns}, minmax(0, 1fr))` }}
    >
      {pairs.map(({ input, output }, index) => (
        <section key={index} className={styles.pair} data-pair={index} aria-label={`Train pair ${index + 1}`}>
          <h2 className={styles.pairTitle}>
            Train {index + 1}{' '}
            <button
              type="button"
              className={joinClasses('plain', styles.enlarge)}
              aria-label={`Enlarge train pair ${index + 1}`}
              title="Enlarge (Z)"
              onClick={() => onEnlarge(index)}
            >
              ⤢
            </button>
          </h2>
          <div className={styles.pairGrids}>
            <SizedGrid grid={input}>
              <SourceGrid
                grid={input}
                label={`Train ${index + 1} input`}
                slot={layout.pair}
                tool={tool}
                dispatch={dispatch}
              />
            </SizedGrid>
            <span className={styles.arrow} aria-hidden="true">
              →
            </span>
            <SizedGrid grid={output}>
              <SourceGrid
                grid={output}
                label={`Train ${index + 1} output`}
                slot={layout.pair}
                tool={tool}
                dispatch={dispatch}
              />
            </SizedGrid>
          </div>
        </section>
      ))}
    </section>
  )
})
