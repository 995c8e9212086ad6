import { useEffect, useRef, useState } from 'react'
import type { TaskSampleDocument } from '../../../../src/api/documents.ts'
import { Link } from '../../address/Link.tsx'
import type { Filters, View } from '../../address/route.ts'
import { api, taskSampleAddress } from '../../data/api.ts'
import { useResource } from '../../data/resources.ts'
import type { EditorState } from '../../editor/editor-state.ts'
import type { Dispatch } from '../../editor/sessions.ts'
import type { Slot } from '../../grid/fit-cell.ts'
import { joinClasses } from '../../parts/join-classes.ts'
import head from '../../parts/SectionHead.module.css'
import { ChangeProgramLink } from '../../sample/ChangeProgramLink.tsx'
import side from '../SidePanel.module.css'
import { SampleDetails } from './SampleDetails.tsx'
import styles from './SamplePanel.module.css'
import { TestOutput, type Comparison } from './TestOutput.tsx'

interface SamplePanelProps {
  readonly taskKey: string
  readonly view: View
  readonly filters: Filters
  readonly sample: NonNullable<View['sample']>
  readonly onView: (view: View) => void
  readonly slot: Slot
  readonly test: number
  readonly state: EditorState
  readonly dispatch: Dispatch
}

/** A model's sample beside one's own drawing: its output for this test input, and what it consists of. */
export function SamplePanel(props: SamplePanelProps) {
  const { taskKey, view, sample, onView } = props
  const { run, index } = sample
  const read = useResource(taskSampleAddress(taskKey, view, run, index), () =>
    api.readTaskSample(taskKey, view, sample),
  )
  // Kept while one goes from sample to sample.
  const [comparison, setComparison] = useState<Comparison>({ mode: 'overlay' })
  const panel = useRef<HTMLElement>(null)
  const document = read.state === 'loading' ? undefined : read.value
  // It may have been opened from far down the page.
  useEffect(() => {
    if (document) panel.current?.scrollIntoView({ block: 'nearest' })
  }, [document])
  if (read.state === 'loading')
    return <section className={joinClasses(side.panel, styles.sample, 'waiting')} aria-busy="true" />
  return (
    <section ref={panel} className={joinClasses(side.panel, styles.sample)} aria-label="Model's sample">
      <div className={joinClasses(head.head, styles.head)}>
        <h2>{document ? (document.model ?? 'Given program') : "Model's sample"}</h2>
        <button type="button" aria-label="Close the model's sample" onClick={() => onView(withoutSample(view))}>
          ×
        </button>
      </div>
      {document ? (
        <Sample {...props} document={document} comparison={comparison} onComparison={setComparison} />
      ) : (
        <p className="hint">{read.state === 'failed' && read.error.message}</p>
      )}
    </section>
  )
}

interface SampleProps extends SamplePanelProps {
  readonly document: TaskSampleDocument
  readonly comparison: Comparison
  readonly onComparison: (comparison: Comparison) => void
}

function Sample(props: SampleProps) {
  const { taskKey, view, filters, sample, onView, document } = props
  const { run, index } = sample
  const { samples, correct, item, rounds, chosen } = document
  const show = (next: number) => onView({ ...view, sample: { run, index: next } })
  return (
    <>
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
      <TestOutput {...props} />
      <SampleDetails document={document} isTurned={view.steps.length > 0} />
      {typeof rounds[chosen]?.program === 'string' && (
        <ChangeProgramLink taskKey={taskKey} view={view} filters={filters} />
      )}
      <p className="hint">
        <Link
          to={{
            page: 'sample',
            run,
            item: item.key,
            sample: index,
            matrix: {},
          }}
        >
          The whole sample
        </Link>{' '}
        in run {run}
      </p>
    </>
  )
}

function withoutSample({ version, steps, test }: View): View {
  return { version, steps, test }
}
