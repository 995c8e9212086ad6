import { useState, type FormEvent } from 'react'
import type { VersionSummary } from '../../../src/api/documents.ts'
import type { Trace } from '../../../src/domain/trace.ts'
import type { View } from '../address/route.ts'
import { api, tracesAddress } from '../data/api.ts'
import { refresh, useResource } from '../data/resources.ts'
import { Markdown } from '../parts/Markdown.tsx'
import { needPerson, usePerson } from '../preferences/person.ts'
import { compareDress, type Fit } from './dress.ts'

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

interface TraceItemProps {
  readonly trace: Trace
  readonly fit: Fit | undefined
  readonly onVote: (vote: -1 | 0 | 1) => void
  readonly onEdit: (text: string) => Promise<boolean>
  readonly onRemove: () => void
}

function TraceItem({ trace, fit, onVote, onEdit, onRemove }: TraceItemProps) {
  const person = usePerson()
  const [isEditing, setEditing] = useState(false)
  const { username, text, score, timestamp, version = 0, run_id: run } = trace
  const vote = Object.hasOwn(trace.voters, person) ? trace.voters[person] : 0
  const warning = fit && warn(fit)
  return (
    <li className="trace">
      <div className="votes" role="group" aria-label={`Score ${score}`}>
        <button type="button" aria-label="Vote up" aria-pressed={vote === 1} onClick={() => onVote(vote === 1 ? 0 : 1)}>
          ▲
        </button>
        <span className="score">{score}</span>
        <button
          type="button"
          aria-label="Vote down"
          aria-pressed={vote === -1}
          onClick={() => onVote(vote === -1 ? 0 : -1)}
        >
          ▼
        </button>
      </div>
      <article className="trace-body">
        <p className="trace-facts">
          <b>{username}</b>, <time dateTime={new Date(timestamp * 1000).toISOString()}>{renderDate(timestamp)}</time>
          {version > 0 && `, on version ${version}`}
          {run !== undefined && (
            <>
              , run <code>{run}</code>
            </>
          )}
        </p>
        {warning && <p className="notice">{warning}</p>}
        {isEditing ? (
          <TraceForm
            label="Change your trace"
            submit="Save"
            initial={text}
            onSubmit={async (changed) => {
              const isDone = await onEdit(changed)
              if (isDone) setEditing(false)
              return isDone
            }}
            onCancel={() => setEditing(false)}
          />
        ) : (
          <Markdown text={text} />
        )}
        {username === person && !isEditing && (
          <p className="buttons">
            <button type="button" className="plain" onClick={() => setEditing(true)}>
              Edit
            </button>
            <button type="button" className="plain" onClick={onRemove}>
              Remove
            </button>
          </p>
        )}
      </article>
    </li>
  )
}

function warn({ directions, colours }: Fit): string | undefined {
  if (directions && colours) return undefined
  const what = directions ? 'Colours' : colours ? 'Directions' : 'Directions and colours'
  return `${what} in it are those of the version it was written on, not of what is shown.`
}

function renderDate(seconds: number): string {
  return new Date(seconds * 1000).toLocaleDateString(undefined, { dateStyle: 'medium' })
}

interface TraceFormProps {
  readonly label: string
  readonly submit: string
  readonly initial?: string
  /** What was typed stays where it could not be kept. */
  readonly onSubmit: (text: string) => Promise<boolean>
  readonly onCancel?: () => void
}

function TraceForm({ label, submit, initial = '', onSubmit, onCancel }: TraceFormProps) {
  const [text, setText] = useState(initial)
  const send = async (event: FormEvent) => {
    event.preventDefault()
    if (text.trim() === '') return
    if (await onSubmit(text)) setText(initial)
  }
  return (
    <form className="trace-form" onSubmit={(event) => void send(event)}>
      <textarea
        aria-label={label}
        placeholder="What is the rule? Markdown works."
        rows={4}
        maxLength={64 * 1024}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <div className="buttons">
        <button type="submit" disabled={text.trim() === ''}>
          {submit}
        </button>
        {onCancel && (
          <button type="button" onClick={onCancel}>
            Cancel
          </button>
        )}
      </div>
    </form>
  )
}
