import { useEffect, useRef } from 'react'
import { listDifferingCells, measureDistance } from '../../../src/domain/grids/distance.ts'
import type { Grid } from '../../../src/domain/grids/grid.ts'
import type { View } from '../address/route.ts'
import { api, taskSampleAddress } from '../data/api.ts'
import { useResource } from '../data/resources.ts'
import type { EditorState } from '../editor/editor-state.ts'
import type { Dispatch } from '../editor/sessions.ts'
import { SourceGrid } from '../editor/SourceGrid.tsx'
import type { Slot } from '../grid/fit-cell.ts'
import { SizedGrid } from '../grid/SizedGrid.tsx'
import { joinClasses } from '../parts/join-classes.ts'
import head from '../parts/SectionHead.module.css'
import styles from './SamplePanel.module.css'
import side from './SidePanel.module.css'

interface SamplePanelProps {
  readonly taskKey: string
  readonly view: View
  readonly sample: NonNullable<View['sample']>
  readonly onView: (view: View) => void
  readonly slot: Slot
  readonly test: number
  readonly state: EditorState
  readonly dispatch: Dispatch
}

/** What a model's sample gave for this test input; cells that differ from one's own are crossed out. */
export function SamplePanel(props: SamplePanelProps) {
  const { taskKey, view, sample, onView, slot, test, state, dispatch } = props
  const { run, index } = sample
  const read = useResource(taskSampleAddress(taskKey, view, run, index), () =>
    api.readTaskSample(taskKey, view, sample),
  )
  const show = (next: number) => onView({ ...view, sample: { run, index: next } })
  const close = (
    <button type="button" aria-label="Close the model's sample" onClick={() => onView(withoutSample(view))}>
      ×
    </button>
  )
  const panel = useRef<HTMLElement>(null)
  const value = read.state === 'loading' ? undefined : read.value
  // It may have been asked for from far below.
  useEffect(() => {
    if (value) panel.current?.scrollIntoView({ block: 'nearest' })
  }, [value])
  if (read.state === 'loading')
    return <section className={joinClasses(side.panel, styles.sample, 'waiting')} aria-busy="true" />
  if (!value) {
    return (
      <section ref={panel} className={joinClasses(side.panel, styles.sample)} aria-label="Model's sample">
        <div className={joinClasses(head.head, styles.head)}>
          <h2>Model's sample</h2>
          {close}
        </div>
        <p className="hint">{read.state === 'failed' && read.error.message}</p>
      </section>
    )
  }
  const { model, samples, outputs, correct } = value
  const output = outputs[test] ?? null
  return (
    <section ref={panel} className={joinClasses(side.panel, styles.sample)} aria-label="Model's sample">
      <div className={joinClasses(head.head, styles.head)}>
        <h2>{model ?? 'Given program'}</h2>
        {close}
      </div>
      <div className={joinClasses(head.head, styles.head)}>
        <span className="hint">
          Sample {index + 1} of {samples}, {correct ? 'right' : 'not right'}
        </span>
        <span className="buttons">
          <button type="button" aria-label="Sample before" disabled={index <= 0} onClick={() => show(index - 1)}>
            ←
          </button>
          <button
            type="button"
            aria-label="Next sample"
            disabled={index + 1 >= samples}
            onClick={() => show(index + 1)}
          >
            →
          </button>
        </span>
      </div>
      {output === null ? (
        <p className="hint">No grid for this test input.</p>
      ) : (
        <>
          <SizedGrid grid={output}>
            <SourceGrid
              grid={output}
              label="Model's output"
              slot={slot}
              tool={state.tool}
              dispatch={dispatch}
              marks={new Set(listDifferingCells(output, state.grid).map(([row, column]) => `${row},${column}`))}
            />
          </SizedGrid>
          <p className="hint">{compare(output, state.grid)}</p>
          <button type="button" onClick={() => dispatch({ type: 'load', grid: output, what: "model's output loaded" })}>
            Load into the editor
          </button>
        </>
      )}
      <p className="hint">In run {run}</p>
    </section>
  )
}

function withoutSample({ version, steps, test }: View): View {
  return { version, steps, test }
}

function compare(output: Grid, own: Grid): string {
  const distance = measureDistance(output, own)
  if (distance.kind === 'size-differs') return 'Not the same size as yours.'
  const { differing } = distance
  if (differing === 0) return 'The same as yours.'
  return `${differing === 1 ? '1 cell differs' : `${differing} cells differ`} from yours.`
}
