import { useState } from 'react'
import { mayRemove } from '../../../../src/domain/tasks/change-traces.ts'
import type { Trace } from '../../../../src/domain/tasks/trace.ts'
import { Link } from '../../address/Link.tsx'
import type { Route, View } from '../../address/route.ts'
import { joinClasses } from '../../parts/join-classes.ts'
import { Markdown } from '../../parts/Markdown.tsx'
import { usePerson } from '../../preferences/person.ts'
import type { Fit } from './dress.ts'
import { TraceForm } from './TraceForm.tsx'
import styles from './TraceItem.module.css'

interface TraceItemProps {
  readonly trace: Trace
  readonly fit: Fit | undefined
  /** The sample that the model gave with the trace, and where it is shown. */
  readonly sample: View['sample']
  readonly to: (sample: NonNullable<View['sample']>) => Route
  readonly onVote: (vote: -1 | 0 | 1) => void
  readonly onEdit: (text: string) => Promise<boolean>
  readonly onRemove: () => void
}

/** One trace: its score and votes, its author and what they wrote it about, and for its author the buttons to change it. */
export function TraceItem({ trace, fit, sample, to, onVote, onEdit, onRemove }: TraceItemProps) {
  const person = usePerson()
  const [isEditing, setEditing] = useState(false)
  const { username, text, score, timestamp, version = 0, run_id: run } = trace
  const vote = Object.hasOwn(trace.voters, person) ? trace.voters[person] : 0
  const warning = fit && warn(fit)
  return (
    <li className={styles.trace}>
      <div className={styles.votes} role="group" aria-label={`Score ${score}`}>
        <button type="button" aria-label="Vote up" aria-pressed={vote === 1} onClick={() => onVote(vote === 1 ? 0 : 1)}>
          ▲
        </button>
        <span className={styles.score}>{score}</span>
        <button
          type="button"
          aria-label="Vote down"
          aria-pressed={vote === -1}
          onClick={() => onVote(vote === -1 ? 0 : -1)}
        >
          ▼
        </button>
      </div>
      <article className={styles.traceBody}>
        <p className={styles.traceFacts}>
          <bdi>{username}</bdi>
          <WrittenAt seconds={timestamp} />
          {version > 0 && `, on version ${version}`}
          {trace.discussion && `, in a discussion, kept by ${trace.discussion.kept_by}`}
          {run !== undefined && (
            <>
              , run <code>{run}</code>
              {sample && (
                <>
                  , <Link to={to(sample)}>its sample</Link>
                </>
              )}
            </>
          )}
        </p>
        {warning && <p className="notice">{warning}</p>}
        {isEditing ? (
          <TraceForm
            label="Change your trace"
            submit="Save"
            initial={text}
            draft={`trace.edit.${trace.trace_id}`}
            takesFocus
            onSubmit={async (changed) => {
              const isDone = await onEdit(changed)
              if (isDone) setEditing(false)
              return isDone
            }}
            onCancel={() => setEditing(false)}
          />
        ) : (
          <TraceText text={text} />
        )}
        {mayRemove(trace, person) && !isEditing && (
          <p className="buttons">
            {username === person && (
              <button type="button" className="plain" onClick={() => setEditing(true)}>
                Edit
              </button>
            )}
            <button type="button" className="plain" onClick={onRemove}>
              Remove
            </button>
          </p>
        )}
      </article>
    </li>
  )
}

/** Longer ones would push all traces below them out of sight. */
const maxCharacters = 2_000
const maxLines = 30

/** A trace's text; a long one is cut off until somebody asks for all of it. */
function TraceText({ text }: { readonly text: string }) {
  const [isWhole, setWhole] = useState(false)
  const isLong = text.length > maxCharacters || text.split('\n', maxLines + 1).length > maxLines
  return (
    <>
      <div className={isLong && !isWhole ? styles.clamped : undefined}>
        <Markdown text={text} />
      </div>
      {isLong && (
        <button
          type="button"
          className={joinClasses('plain', styles.whole)}
          aria-expanded={isWhole}
          onClick={() => setWhole(!isWhole)}
        >
          {isWhole ? 'Show less' : 'Show all'}
        </button>
      )}
    </>
  )
}

function warn({ directions, colours }: Fit): string | undefined {
  if (directions && colours) return undefined
  const what = directions ? 'Colours' : colours ? 'Directions' : 'Directions and colours'
  return `${what} refer to the version it was written for, not to the one shown.`
}

/** Trace files from elsewhere may have invalid times, for example milliseconds instead of seconds. */
function WrittenAt({ seconds }: { readonly seconds: number }) {
  const date = new Date(seconds * 1000)
  if (Number.isNaN(date.getTime())) return null
  return (
    <>
      , <time dateTime={date.toISOString()}>{date.toLocaleDateString(undefined, { dateStyle: 'medium' })}</time>
    </>
  )
}
