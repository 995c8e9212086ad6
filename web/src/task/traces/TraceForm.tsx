import { useEffect, useRef, useState, type FormEvent } from 'react'
import { readStored, store } from '../../preferences/stored.ts'
import styles from './TraceForm.module.css'

interface TraceFormProps {
  readonly label: string
  readonly submit: string
  readonly initial?: string
  /** The name under which the browser stores the draft until it is sent. */
  readonly draft?: string
  /** The text stays if it could not be saved. */
  readonly onSubmit: (text: string) => Promise<boolean>
  readonly onCancel?: () => void
  /** For a form that somebody opened: it takes the focus, also after a pointer. */
  readonly takesFocus?: boolean
}

export function TraceForm(props: TraceFormProps) {
  const { label, submit, initial = '', draft, onSubmit, onCancel, takesFocus = false } = props
  const [text, setText] = useState(() => (draft && readStored(draft)) || initial)
  const latest = useRef(text)
  const type = (typed: string) => {
    latest.current = typed
    setText(typed)
    // Unchanged text is not stored.
    if (draft) store(draft, typed === initial ? '' : typed)
  }
  const field = useRef<HTMLTextAreaElement>(null)
  useEffect(() => {
    if (takesFocus) field.current?.focus()
  }, [takesFocus])
  const send = async (event: FormEvent) => {
    event.preventDefault()
    if (text.trim() === '') return
    // If somebody went on typing meanwhile, the new text stays.
    if ((await onSubmit(text)) && latest.current === text) type(initial)
  }
  return (
    <form className={styles.traceForm} onSubmit={(event) => void send(event)}>
      <textarea
        ref={field}
        dir="auto"
        aria-label={label}
        placeholder="What is the rule? Markdown works."
        rows={4}
        maxLength={64 * 1024}
        value={text}
        onChange={(event) => type(event.target.value)}
      />
      <div className="buttons">
        <button type="submit" disabled={text.trim() === ''}>
          {submit}
        </button>
        {onCancel && (
          <button
            type="button"
            onClick={() => {
              type(initial)
              onCancel()
            }}
          >
            Cancel
          </button>
        )}
      </div>
    </form>
  )
}
