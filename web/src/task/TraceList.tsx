import type { VersionSummary } from '../../../src/api/documents.ts'
import type { Trace } from '../../../src/domain/trace.ts'
import type { View } from '../address/route.ts'
import { api, tracesAddress } from '../data/api.ts'
import { useResource } from '../data/resources.ts'
import { SaidLine, useChange, type Said } from '../parts/use-change.tsx'
import { compareDress } from './dress.ts'
import { TraceForm } from './TraceForm.tsx'
import { TraceItem } from './TraceItem.tsx'

interface TraceListProps {
  readonly taskKey: string
  readonly versions: readonly VersionSummary[]
  readonly view: View
}

export function TraceList({ taskKey, versions, view }: TraceListProps) {
  const traces = useResource(tracesAddress(taskKey), () => api.readTraces(taskKey))
  const { said, change } = useChange()
  const done = async (request: Promise<unknown>): Promise<Said | undefined> => {
    await request
    return undefined
  }
  const remove = (trace: Trace) =>
    change(async (person) => {
      await api.removeTrace(trace.trace_id, person)
      const undo = () => void change((owner) => done(api.restoreTrace(trace.trace_id, owner)))
      return { text: 'Your trace is removed.', undo }
    })
  const value = traces.state === 'loading' ? undefined : traces.value
  return (
    <>
      <SaidLine said={said} />
      {traces.state === 'failed' && !value && <p role="alert">{traces.error.message}</p>}
      {value?.traces.length === 0 && <p className="hint">Nobody wrote about this task yet. What do you see in it?</p>}
      <ul className="trace-list">
        {value?.traces.map((trace) => (
          <TraceItem
            key={trace.trace_id}
            trace={trace}
            fit={compareDress(versions, trace.version ?? 0, view)}
            onVote={(vote) => void change((person) => done(api.vote(trace.trace_id, { person, vote })))}
            onEdit={(text) => change((person) => done(api.editTrace(trace.trace_id, { person, text })))}
            onRemove={() => void remove(trace)}
          />
        ))}
      </ul>
      {view.steps.length > 0 && (
        <p className="notice">
          What you write stands under {view.version === 0 ? 'the task as published' : `version ${view.version}`},
          without the transforms you look at. Sign this version first, and your words fit it.
        </p>
      )}
      <TraceForm
        label="Write a trace"
        submit="Add"
        onSubmit={(text) =>
          change((person) => done(api.addTrace({ task: taskKey, person, text, version: view.version })))
        }
      />
    </>
  )
}
