import { useState, type FormEvent } from 'react'

interface TraceFormProps {
  readonly label: string
  readonly submit: string
  readonly initial?: string
  /** What was typed stays where it could not be kept. */
  readonly onSubmit: (text: string) => Promise<boolean>
  readonly onCancel?: () => void
}

export function TraceForm({ label, submit, initial = '', onSubmit, onCancel }: TraceFormProps) {
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
