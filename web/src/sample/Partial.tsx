import type { PartialDocument } from '../../../src/api/documents.ts'
import { renderDuration } from '../../../src/domain/format.ts'
import styles from './Call.module.css'
import { Fold } from './Fold.tsx'
import { PlainText } from './PlainText.tsx'

interface PartialProps {
  readonly partial: PartialDocument
  /** Of which sample and round it is, where that does not show from what it stands below. */
  readonly isNamed?: boolean
}

/** What had come of an answer when its stream broke, folded away, as plain text, and marked as no answer. */
export function Partial({ partial, isNamed = false }: PartialProps) {
  const { reason, text, reasoning, omitted_characters, request_id } = partial
  return (
    <Fold title={describe(partial)} hint={isNamed ? namePlace(partial) : nameTest(partial)}>
      <div className={styles.call}>
        <PlainText text={reason} label="Why the stream broke" />
        {reasoning !== '' && (
          <>
            <span className={styles.role}>Reasoning until then</span>
            <PlainText text={reasoning} label="Reasoning until the stream broke" />
          </>
        )}
        {text !== '' && (
          <>
            <span className={styles.role}>Text until then</span>
            <PlainText text={text} label="Text until the stream broke" />
          </>
        )}
        {omitted_characters > 0 && (
          <p className="hint">
            {omitted_characters.toLocaleString('en-US')} more characters had come and were not kept.
          </p>
        )}
        {request_id !== null && <p className="hint">request {request_id}</p>}
      </div>
    </Fold>
  )
}

function describe({ asked_at, broke_at }: PartialDocument): string {
  const seconds = (Date.parse(broke_at) - Date.parse(asked_at)) / 1_000
  return `A stream that broke after ${renderDuration(seconds)}; it is no answer`
}

function namePlace(partial: PartialDocument): string {
  const { sample, round } = partial
  return [`sample ${sample + 1}`, `round ${round + 1}`, nameTest(partial)].filter(Boolean).join(', ')
}

function nameTest({ test }: PartialDocument): string {
  return test === null ? '' : `test input ${test + 1}`
}
