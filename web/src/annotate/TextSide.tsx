import { lazy, Suspense } from 'react'
import type { LabelSubjectDocument, ShownLabel } from '../../../src/api/documents.ts'
import { Link } from '../address/Link.tsx'
import { Markdown } from '../parts/Markdown.tsx'
import { ScrollRegion } from '../parts/ScrollRegion.tsx'
import { Fold } from '../sample/Fold.tsx'
import { PlainText } from '../sample/PlainText.tsx'
import { nameLabel } from './label-words.ts'
import styles from './TextSide.module.css'

/* Loaded when a program is opened: most people read only the text. */
const PythonCode = lazy(() => import('../sample/PythonCode.tsx').then((part) => ({ default: part.PythonCode })))

/** Longer texts are shown as plain text: a megabyte of Markdown takes seconds. */
const maxRendered = 100_000

const noFaults = new Map<number, string>()

/** What the model wrote, and below it everything else that is known. */
export function TextSide({ text: about }: { readonly text: LabelSubjectDocument }) {
  const { subject, text, thinking, program, mine, others, outcome, is_changed } = about
  return (
    <ScrollRegion as="section" className={styles.text} label="Reasoning">
      {is_changed && <p className="notice">You labelled an earlier text here. This one is new.</p>}
      {text === '' && <p className="hint">The model wrote no reasoning here. Press N to go on.</p>}
      {text.length > maxRendered ? <PlainText text={text} label="The text" /> : <Markdown text={text} />}
      {program !== null && (
        <Fold title="Its program">
          <Suspense fallback={<p className="hint">Opening…</p>}>
            <PythonCode program={program} faults={noFaults} />
          </Suspense>
        </Fold>
      )}
      {thinking !== null && (
        <Fold title="Thinking" hint="sent along with the answer; this is not what you label">
          <PlainText text={thinking} label="Thinking" />
        </Fold>
      )}
      {outcome && (
        <p>
          {outcome.train_correct !== null &&
            `Train pairs: ${outcome.train_correct ? '✓ all right' : '✗ not all right'}. `}
          Test inputs: {outcome.test_correct ? '✓ all right' : '✗ not all right'}.
        </p>
      )}
      {mine && (
        <>
          <ul className={styles.labels} aria-label="Labels">
            <GivenLabel label={mine} who="You" />
            {others?.map((label) => (
              <GivenLabel key={label.person} label={label} who={label.person} />
            ))}
          </ul>
          {'run_id' in subject && (
            <p>
              <Link
                to={{ page: 'sample', run: subject.run_id, item: subject.item, sample: subject.sample, matrix: {} }}
              >
                The whole sample
              </Link>
            </p>
          )}
        </>
      )}
    </ScrollRegion>
  )
}

function GivenLabel({ label: { label, note }, who }: { readonly label: ShownLabel; readonly who: string }) {
  return (
    <li>
      <b>{who}</b>: {nameLabel(label)}
      {note !== null && <span className="hint"> {note}</span>}
    </li>
  )
}
