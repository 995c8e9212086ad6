import { useState } from 'react'
import type { VersionSummary } from '../../../src/api/documents.ts'
import type { Trace } from '../../../src/domain/trace.ts'
import type { View } from '../address/route.ts'
import { api, tracesAddress } from '../data/api.ts'
import { refresh, useResource } from '../data/resources.ts'
import { needPerson } from '../preferences/person.ts'
import { compareDress } from './dress.ts'
import { TraceForm } from './TraceForm.tsx'
import { TraceItem } from './TraceItem.tsx'

interface TracesPanelProps {
  readonly taskKey: string
  readonly versions: readonly VersionSummary[]
  readonly view: View
}

/** What people and models wrote about the task. */
export function TracesPanel({ taskKey, versions, view }: TracesPanelProps) {
  const traces = useResource(tracesAddress(taskKey), () => api.readTraces(taskKey))
  const [said, setSaid] = useState<{ readonly text: string; readonly undo?: () => void }>()
  /** @returns whether it was done */
  const change = async (work: (person: string) => Promise<void>): Promise<boolean> => {
    setSaid(undefined)
    try {
      const person = await needPerson()
      if (person === undefined) return false
      await work(person)
      refresh('/api/traces')
      refresh('/api/tasks')
      return true
    } catch (error) {
      setSaid({ text: error instanceof Error ? error.message : String(error) })
      return false
    }
  }
  const remove = (trace: Trace) =>
    change(async (person) => {
      await api.removeTrace(trace.trace_id, person)
      const undo = () =>
        void change(async (owner) => {
          await api.restoreTrace(trace.trace_id, owner)
        })
      setSaid({ text: 'Your trace is removed.', undo })
    })
  const value = traces.state === 'loading' ? undefined : traces.value
  return (
    <section className="traces" aria-label="Traces">
      <div className="traces-head">
        <h2>Traces{value && value.traces.length > 0 && ` (${value.traces.length})`}</h2>
        <span className="spacer" />
        <a href="/api/export/tasks-with-traces.json" download>
          Download tasks with traces
        </a>
      </div>
      <p className="hint" role="status">
        {said?.text}{' '}
        {said?.undo && (
          <button type="button" className="plain" onClick={said.undo}>
            Undo
          </button>
        )}
      </p>
      {traces.state === 'failed' && !value && <p role="alert">{traces.error.message}</p>}
      {value?.traces.length === 0 && <p className="hint">Nobody wrote about this task yet. What do you see in it?</p>}
      <ul className="trace-list">
        {value?.traces.map((trace) => (
          <TraceItem
            key={trace.trace_id}
            trace={trace}
            fit={compareDress(versions, trace.version ?? 0, view)}
            onVote={(vote) =>
              void change(async (person) => {
                await api.vote(trace.trace_id, { person, vote })
              })
            }
            onEdit={(text) =>
              change(async (person) => {
                await api.editTrace(trace.trace_id, { person, text })
              })
            }
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
          change(async (person) => {
            await api.addTrace({ task: taskKey, person, text, version: view.version })
          })
        }
      />
    </section>
  )
}
