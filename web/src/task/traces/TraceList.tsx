import type { RunSamples, VersionSummary } from '../../../../src/api/documents.ts'
import type { Trace } from '../../../../src/domain/tasks/trace.ts'
import type { Filters, View } from '../../address/route.ts'
import { api, taskSamplesAddress, tracesAddress } from '../../data/api.ts'
import { useResource } from '../../data/resources.ts'
import { SaidLine, useChange, type Said } from '../../parts/hooks/use-change.tsx'
import { compareDress } from './dress.ts'
import { TraceForm } from './TraceForm.tsx'
import { TraceItem } from './TraceItem.tsx'
import styles from './TraceList.module.css'
import { useSteadyOrder } from './use-steady-order.ts'

interface TraceListProps {
  readonly taskKey: string
  readonly versions: readonly VersionSummary[]
  readonly view: View
  readonly filters: Filters
  /** Whether the form for a new trace takes the focus. */
  readonly takesFocus?: boolean
}

export function TraceList({ taskKey, versions, view, filters, takesFocus = false }: TraceListProps) {
  const traces = useResource(tracesAddress(taskKey), () => api.readTraces(taskKey))
  const value = traces.state === 'loading' ? undefined : traces.value
  const shown = useSteadyOrder(value?.traces)
  const isOfRuns = value?.traces.some((trace) => trace.run_id !== undefined)
  const samples = useResource(isOfRuns ? taskSamplesAddress(taskKey, view) : undefined, () =>
    api.readTaskSamples(taskKey, view),
  )
  const runs = samples.state === 'loading' ? [] : (samples.value?.runs ?? [])
  const { said, change } = useChange()
  const done = async (request: Promise<unknown>): Promise<Said | undefined> => {
    await request
    return undefined
  }
  const edit = (trace: Trace, text: string) =>
    change(async (person) => {
      await api.editTrace(trace.trace_id, { person, text })
      return { text: 'Your trace was changed.', undo: () => void edit({ ...trace, text }, trace.text) }
    })
  const remove = (trace: Trace) =>
    change(async (person) => {
      await api.removeTrace(trace.trace_id, person)
      const undo = () => void change((owner) => done(api.restoreTrace(trace.trace_id, owner)))
      return { text: 'Your trace was removed.', undo }
    })
  return (
    <>
      <SaidLine said={said} />
      {traces.state === 'failed' && !value && <p role="alert">{traces.error.message}</p>}
      {value?.traces.length === 0 && <p className="hint">Nobody wrote about this task yet. What do you see in it?</p>}
      <ul className={styles.traceList}>
        {shown.map((trace) => (
          <TraceItem
            key={trace.trace_id}
            trace={trace}
            sample={findSample(trace, runs)}
            to={(sample) => ({ page: 'task', key: taskKey, view: { ...view, sample }, filters })}
            fit={compareDress(versions, trace.version ?? 0, view)}
            onVote={(vote) => void change((person) => done(api.vote(trace.trace_id, { person, vote })))}
            onEdit={(text) => edit(trace, text)}
            onRemove={() => void remove(trace)}
          />
        ))}
      </ul>
      {view.steps.length > 0 && (
        <p className="notice">
          What you write stands under {view.version === 0 ? 'the task as published' : `version ${view.version}`},
          without the transforms you are looking at. To write about this version, sign it first.
        </p>
      )}
      <TraceForm
        label="Write a trace"
        submit="Add"
        draft={`trace.${taskKey}`}
        takesFocus={takesFocus}
        onSubmit={(text) =>
          change((person) => done(api.addTrace({ task: taskKey, person, text, version: view.version })))
        }
      />
      <p className="hint">
        <a href="/api/export/tasks-with-traces.json" download>
          Download tasks with traces
        </a>
      </p>
    </>
  )
}

/** The sample that a model's trace came with, if its run gave grids for the shown task. */
function findSample({ run_id: run, sample = 0 }: Trace, runs: readonly RunSamples[]): View['sample'] {
  const isThere = run !== undefined && runs.some((one) => one.run === run && sample < one.samples.length)
  return isThere ? { run, index: sample } : undefined
}
