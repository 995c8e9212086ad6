import { useEffect, useRef } from 'react'
import type { BudgetDocument, DiscussionModel } from '../../../src/api/documents.ts'
import { renderCost } from '../../../src/domain/format.ts'
import styles from './AskForm.module.css'

interface AskFormProps {
  readonly models: readonly DiscussionModel[]
  readonly model: DiscussionModel | undefined
  readonly budget: BudgetDocument | undefined
  readonly text: string
  readonly isAnswering: boolean
  /** Whether the person accepts that no price of the model is known. */
  readonly accepted: boolean
  readonly onText: (text: string) => void
  readonly onModel: (key: string) => void
  readonly onAccept: (accepted: boolean) => void
  readonly onSend: () => void
  readonly onStop: () => void
}

/** Where a question is typed; Ctrl+Enter sends it, Escape stops the answer. One button does both, so the focus stays on it. */
export function AskForm(props: AskFormProps) {
  const { models, model, budget, text, isAnswering, accepted, onText, onModel, onAccept, onSend, onStop } = props
  const field = useRef<HTMLTextAreaElement>(null)
  const isUnpriced = model !== undefined && !model.priced
  const maySend = !isAnswering && text.trim() !== '' && model !== undefined && (!isUnpriced || accepted)
  useEffect(() => {
    const stop = (event: KeyboardEvent) => event.key === 'Escape' && isAnswering && onStop()
    document.addEventListener('keydown', stop)
    return () => document.removeEventListener('keydown', stop)
  }, [isAnswering, onStop])
  const send = () => {
    if (!maySend) return
    onSend()
    field.current?.focus()
  }
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        if (isAnswering) onStop()
        else send()
      }}
    >
      <textarea
        ref={field}
        dir="auto"
        rows={3}
        aria-label="Your question"
        aria-keyshortcuts="Control+Enter"
        placeholder="Ask about this task"
        maxLength={64 * 1024}
        value={text}
        onChange={(event) => onText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
          event.preventDefault()
          send()
        }}
      />
      <div className="buttons">
        <label>
          <span className="visually-hidden">Model</span>
          <select className={styles.model} value={model?.key ?? ''} onChange={(event) => onModel(event.target.value)}>
            {model === undefined && <option value="">Choose a model</option>}
            {models.map(({ key, has_key, key_variable }) => (
              <option key={key} value={key} disabled={!has_key}>
                {has_key ? key : `${key} (${key_variable} is not set)`}
              </option>
            ))}
          </select>
        </label>
        {budget && <span className="hint">{describeBudget(budget)}</span>}
        <span className="spacer" />
        <button
          type="submit"
          className="primary"
          aria-disabled={!isAnswering && !maySend}
          // The second click of a double click would stop what the first one sent.
          onClick={(event) => event.detail > 1 && event.preventDefault()}
          title={isAnswering ? 'Stop the answer (Escape)' : 'Send (Ctrl+Enter)'}
        >
          {isAnswering ? 'Stop' : 'Send'}
        </button>
      </div>
      {isUnpriced && (
        <label className={`check ${styles.accept}`}>
          <input type="checkbox" checked={accepted} onChange={(event) => onAccept(event.target.checked)} />
          No price of {model.key} is known, so the budget cannot bound what an answer costs. Ask anyway.
        </label>
      )}
    </form>
  )
}

function describeBudget({ budget_usd, counted_usd, unbounded }: BudgetDocument): string {
  const unknown = unbounded === 0 ? '' : `, and ${unbounded} of unknown cost`
  return `${renderCost(counted_usd)} of ${renderCost(budget_usd)} used${unknown}`
}
