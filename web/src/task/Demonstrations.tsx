import { memo } from 'react'
import type { Pair } from '../../../src/domain/task.ts'
import type { EditorState } from '../editor/editor-state.ts'
import type { Dispatch } from '../editor/sessions.ts'
import { SizedGrid } from '../grid/SizedGrid.tsx'
import { SourceGrid } from '../editor/SourceGrid.tsx'
import type { Layout } from './plan-layout.ts'

interface DemonstrationsProps {
  readonly pairs: readonly Pair[]
  readonly layout: Layout
  readonly tool: EditorState['tool']
  readonly dispatch: Dispatch
}

/** Not drawn again with each stroke in the editor. */
export const Demonstrations = memo(function Demonstrations({ pairs, layout, tool, dispatch }: DemonstrationsProps) {
  return (
    <section
      className="demonstrations"
      aria-label="Train pairs"
      style={{ gridTemplateColumns: `repeat(${layout.columns}, minmax(0, 1fr))`, width: layout.panel }}
    >
      {pairs.map(({ input, output }, index) => (
        <section key={index} className="pair" aria-label={`Train pair ${index + 1}`}>
          <h2 className="pair-title">Train {index + 1}</h2>
          <div className="pair-grids">
            <SizedGrid grid={input}>
              <SourceGrid
                grid={input}
                label={`Train ${index + 1} input`}
                slot={layout.pair}
                tool={tool}
                dispatch={dispatch}
              />
            </SizedGrid>
            <span className="arrow" aria-hidden="true">
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
