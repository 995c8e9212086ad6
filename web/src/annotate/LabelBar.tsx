import type { RefObject } from 'react'
import type { LabelName } from '../../../src/domain/labels/label.ts'
import { labelWords } from './label-words.ts'
import styles from './LabelBar.module.css'

interface LabelBarProps {
  readonly mine: LabelName | undefined
  /** Whether there is nothing to label. */
  readonly isOff: boolean
  readonly isLast: boolean
  readonly note: string
  readonly noteField: RefObject<HTMLInputElement | null>
  readonly onNote: (note: string) => void
  /** Called when the field loses the focus. */
  readonly onNoteEnd: () => void
  readonly onLabel: (label: LabelName) => void
  /** Undefined when there is nothing to undo; likewise the next two. */
  readonly onUndo: (() => void) | undefined
  readonly onBefore: (() => void) | undefined
  readonly onNext: (() => void) | undefined
}

/** The four labels, a note, and buttons to other texts; always in view. */
export function LabelBar(props: LabelBarProps) {
  const { mine, isOff, isLast, note, noteField, onNote, onNoteEnd, onLabel, onUndo, onBefore, onNext } = props
  return (
    <section className={styles.bar} aria-label="Label">
      <div className={styles.tools}>
        <input
          ref={noteField}
          className={styles.note}
          aria-label="Note"
          placeholder="Note (M), kept with the label"
          dir="auto"
          value={note}
          maxLength={2000}
          disabled={isOff}
          onChange={({ target }) => onNote(target.value)}
          onBlur={onNoteEnd}
          onKeyDown={(event) => {
            if (event.key === 'Enter' || event.key === 'Escape') event.currentTarget.blur()
          }}
        />
        <button type="button" title="Take the last label back (U)" disabled={!onUndo} onClick={onUndo}>
          Undo
        </button>
        <button type="button" title="Previous (P)" aria-label="Previous" disabled={!onBefore} onClick={onBefore}>
          ←
        </button>
        <button type="button" title="Next, without labelling (N)" aria-label="Next" disabled={!onNext} onClick={onNext}>
          →
        </button>
        {isLast && (
          <span className="hint" role="status">
            The last one of this queue
          </span>
        )}
      </div>
      <div className={styles.labels} role="group" aria-label="Labels">
        {labelWords.map(({ label, key, title, meaning }) => (
          <button
            key={label}
            type="button"
            title={meaning}
            aria-pressed={label === mine}
            aria-keyshortcuts={key}
            disabled={isOff}
            onClick={() => onLabel(label)}
          >
            <kbd aria-hidden="true">{key}</kbd> {title}
          </button>
        ))}
      </div>
    </section>
  )
}
