import { useEffect, useRef, useState } from 'react'
import type { DistanceDocument } from '../../../src/api/documents.ts'
import { packGrid } from '../../../src/domain/grids/pack-grid.ts'
import { messageOf } from '../../../src/domain/message-of.ts'
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

/** A model's output for this test input; on request, cells that differ from the solution are crossed out. */
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
  const [said, setSaid] = useState<Said>()
  const panel = useRef<HTMLElement>(null)
  const value = read.state === 'loading' ? undefined : read.value
  // It may have been opened from far below.
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
  const { model, samples, outputs, correct, why_none } = value
  const output = outputs[test] ?? null
  // What was said is of one grid for one test input.
  const asked = output && `${test} ${packGrid(output)}`
  const current = said?.about === asked ? said : undefined
  const ask = async () => {
    if (output === null || asked === null) return
    try {
      const document = await api.measureDistance(taskKey, view, { test, grid: output, cells: true })
      setSaid({ about: asked, words: compare(document), marks: document.differing ?? [] })
    } catch (error) {
      setSaid({ about: asked, words: messageOf(error), marks: [] })
    }
  }
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
        <p className="hint">No grid for this test input. {why_none[test]}.</p>
      ) : (
        <>
          <SizedGrid grid={output}>
            <SourceGrid
              grid={output}
              label="Model's output"
              slot={slot}
              tool={state.tool}
              dispatch={dispatch}
              marks={new Set(current?.marks.map(([row, column]) => `${row},${column}`))}
            />
          </SizedGrid>
          <p className="hint" role="status">
            {current?.words}
          </p>
          <button
            type="button"
            title="Crosses out the cells that differ, and so tells something of the solution"
            onClick={() => void ask()}
          >
            Compare with the solution
          </button>
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

interface Said {
  readonly about: string
  readonly words: string
  readonly marks: readonly (readonly [number, number])[]
}

function compare({ distance }: DistanceDocument): string {
  if (distance.kind === 'size-differs') return 'Not the size of the solution.'
  const { differing } = distance
  if (differing === 0) return 'The same as the solution.'
  return `${differing === 1 ? '1 cell differs' : `${differing} cells differ`} from the solution.`
}
