import { useEffect, useRef, useState } from 'react'
import type { LabelSubjectDocument } from '../../../src/api/documents.ts'
import { nameTask } from '../../../src/domain/format.ts'
import { nameSubject, type LabelName, type LabelSubject } from '../../../src/domain/labels/label.ts'
import type { AnnotateView } from '../address/annotate-views.ts'
import { navigate } from '../address/navigate.ts'
import { api } from '../data/api.ts'
import { useResource } from '../data/resources.ts'
import { useKeys } from '../parts/hooks/use-keys.ts'
import { subjectAddress } from './addresses.ts'
import { labelWords } from './label-words.ts'
import { LabelBar } from './LabelBar.tsx'
import styles from './LabelDesk.module.css'
import { QueueHead } from './QueueHead.tsx'
import { QueueNotices } from './QueueNotices.tsx'
import { describeSubject } from './sitting.ts'
import { TaskSide } from './TaskSide.tsx'
import { TextSide } from './TextSide.tsx'
import type { Labels } from './use-labels.ts'
import { useQueue } from './use-queue.ts'

interface LabelDeskProps {
  readonly view: AnnotateView
  readonly person: string
  readonly labels: Labels
}

/** One text of the queue beside its task, with the keys that label it. */
export function LabelDesk({ view, person, labels }: LabelDeskProps) {
  const { queue, current, next, before, resource } = useQueue(view, person)
  const address = current && subjectAddress(current, view, person)
  const read = useResource(address, () => api.readLabelSubject(address ?? ''))
  const text = read.state === 'loading' ? undefined : read.value
  const name = current && nameSubject(current)
  const [notes, setNotes] = useState<Readonly<Record<string, string>>>({})
  const noteField = useRef<HTMLInputElement>(null)
  const seen = useSeenOutcomes(text)
  const note = (name === undefined ? undefined : notes[name]) ?? text?.mine?.note ?? ''

  const go = (at: LabelSubject | undefined) =>
    at && navigate({ page: 'annotate', view: { ...view, at } }, { replace: true })
  const put = (label: LabelName) => {
    if (!text || text.text === '' || name === undefined) return false
    const { subject, text_hash, mine } = text
    const body = { person, subject, text_hash, label, note, saw_outcome: seen.has(name) }
    labels.give(body, { label: mine?.label ?? null, note: mine?.note ?? '' })
    return true
  }
  const give = (label: LabelName) => {
    if (put(label)) go(next ?? current)
  }
  const undo = () => go(labels.undo()?.body.subject)
  const saveNote = () => {
    if (text?.mine && note !== (text.mine.note ?? '')) put(text.mine.label)
  }
  const toggleOutcome = () => {
    const { outcome, ...others } = view
    navigate({ page: 'annotate', view: outcome ? others : { ...view, outcome: true } }, { replace: true })
  }
  useKeys((event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return
    const label = labelWords.find(({ key }) => key === event.key)?.label
    if (label !== undefined) return give(label)
    const actions: Readonly<Record<string, () => unknown>> = {
      u: undo,
      n: () => go(next),
      j: () => go(next),
      p: () => go(before),
      k: () => go(before),
      o: toggleOutcome,
      m: () => {
        // Otherwise the letter would be typed into the field.
        event.preventDefault()
        noteField.current?.focus()
      },
    }
    actions[event.key.toLowerCase()]?.()
  })

  return (
    <>
      <QueueHead view={view} queue={queue} recent={labels.recent} onOutcome={toggleOutcome} />
      <QueueNotices queue={queue} resource={resource} labels={labels} onRead={go} />
      {read.state === 'failed' && !text && <p role="alert">{read.error.message}</p>}
      {text && (
        <>
          <TextTitle key={`title ${name}`} text={text} />
          <div className={styles.sides} key={name}>
            <TaskSide text={text} />
            <TextSide text={text} />
          </div>
        </>
      )}
      {current === undefined && queue && !queue.is_reading && (
        <p className={styles.end} role="status">
          {queue.total === 0 ? 'There is nothing to label here.' : 'Nothing is left to label here.'}
        </p>
      )}
      <LabelBar
        mine={text?.mine?.label}
        isOff={!text || text.text === ''}
        isLast={text !== undefined && queue !== undefined && next === undefined}
        note={note}
        noteField={noteField}
        onNote={(words) => name !== undefined && setNotes({ ...notes, [name]: words })}
        onNoteEnd={saveNote}
        onLabel={give}
        onUndo={labels.recent.length > 0 ? undo : undefined}
        onBefore={before && (() => go(before))}
        onNext={next && (() => go(next))}
      />
    </>
  )
}

/** Names the text. On a phone, where the whole page scrolls, this scrolls to the start of the next text. */
function TextTitle({ text }: { readonly text: LabelSubjectDocument }) {
  const title = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (window.scrollY > 0) title.current?.scrollIntoView({ block: 'start' })
  }, [])
  return (
    <h2 className={styles.title} ref={title}>
      {nameTask(text)} <span className="hint">{describeSubject(text.subject)}</span>
    </h2>
  )
}

/** The texts whose verdict has been shown: a label given after that says so. */
function useSeenOutcomes(text: LabelSubjectDocument | undefined): ReadonlySet<string> {
  const [seen, setSeen] = useState<ReadonlySet<string>>(new Set())
  const name = text?.outcome ? nameSubject(text.subject) : undefined
  if (name !== undefined && !seen.has(name)) setSeen(new Set([...seen, name]))
  return seen
}
