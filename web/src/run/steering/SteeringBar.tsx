import { useEffect, useId, useRef, useState, type SubmitEvent } from 'react'
import type { ContinuedDocument, RunPageDocument } from '../../../../src/api/documents.ts'
import { renderCost } from '../../../../src/domain/format.ts'
import { messageOf } from '../../../../src/domain/message-of.ts'
import { api, runAddress } from '../../data/api.ts'
import { refresh } from '../../data/resources.ts'
import { sayAtField, titleOf } from '../../parts/field-titles.ts'
import { useActingProblem, useMayAct } from '../../parts/hooks/use-acting.ts'
import { explainNoBudget, findBudgetFault, listActions, type Action } from './plan-actions.ts'
import styles from './SteeringBar.module.css'

/** What can be done with a run now. Each action says what it will do before it is done. */
export function SteeringBar({ about }: { readonly about: RunPageDocument }) {
  const mayAct = useMayAct()
  const problem = useActingProblem()
  const [chosen, setChosen] = useState<string>()
  const [said, setSaid] = useState('')
  const actions = listActions(about)
  const action = actions.find(({ name }) => name === chosen)
  // The run has changed, and no longer offers it.
  if (chosen !== undefined && !action) setChosen(undefined)
  const noBudget = actions.length > 0 && about.summary.state !== 'complete' ? explainNoBudget(about) : undefined
  const panel = useId()
  const opener = useRef<HTMLButtonElement>(null)
  if (problem === undefined || !mayAct || (actions.length === 0 && said === '')) return null
  const close = () => {
    setChosen(undefined)
    opener.current?.focus()
  }
  return (
    <section className={styles.bar} aria-label="Steering">
      {problem === null ? (
        <div className={styles.actions}>
          {actions.map(({ name, title }) => (
            <button
              key={name}
              type="button"
              ref={name === chosen ? opener : undefined}
              aria-expanded={name === chosen}
              aria-controls={name === chosen ? panel : undefined}
              onClick={() => {
                setSaid('')
                setChosen(name === chosen ? undefined : name)
              }}
            >
              {title}
            </button>
          ))}
        </div>
      ) : (
        actions.length > 0 && <p className="hint">{problem}</p>
      )}
      {problem === null && noBudget !== undefined && <p className="hint">{noBudget}</p>}
      {action && problem === null && (
        <ActionPanel
          key={action.name}
          id={panel}
          about={about}
          action={action}
          onClose={close}
          error={said}
          onError={setSaid}
          onDone={(words) => {
            setSaid(words)
            close()
          }}
        />
      )}
      <p className={styles.said} role="status">
        {action === undefined && said}
      </p>
    </section>
  )
}

interface ActionPanelProps {
  readonly id: string
  readonly about: RunPageDocument
  readonly action: Action
  /** Why the last try failed; whoever shows this also shows it once the run no longer offers the action. */
  readonly error: string
  readonly onError: (words: string) => void
  readonly onClose: () => void
  readonly onDone: (words: string) => void
}

function ActionPanel({ id, about, action, error, onError, onClose, onDone }: ActionPanelProps) {
  const { run_id: run } = about.summary
  const { field, title, explanation } = action
  const [value, setValue] = useState(() => readField(about, field))
  const [isBusy, setIsBusy] = useState(false)
  const isUnderWay = useRef(false)
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => form.current?.querySelector<HTMLElement>('input, button')?.focus(), [])
  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    // The second click of a double click.
    if (isUnderWay.current) return
    const fault = field === 'budget' ? findBudgetFault(about, value) : undefined
    onError(fault ?? '')
    if (fault !== undefined) return
    isUnderWay.current = true
    setIsBusy(true)
    try {
      const { nothing_to_do } = await act(run, action, value)
      refresh(runAddress(run))
      onDone(nothing_to_do ?? '')
    } catch (problem) {
      onError(sayAtField(messageOf(problem)))
      // It may have ended meanwhile.
      refresh(runAddress(run))
    } finally {
      isUnderWay.current = false
      setIsBusy(false)
    }
  }
  return (
    <form
      id={id}
      ref={form}
      className={styles.panel}
      aria-label={title}
      onSubmit={(event) => void submit(event)}
      onKeyDown={(event) => event.key === 'Escape' && onClose()}
    >
      <p id={`${id}-what`}>{explanation}</p>
      {field && (
        <label className={styles.field}>
          {titleOf(field === 'budget' ? 'budget_usd' : 'max_concurrent_tasks')}
          <input
            inputMode="decimal"
            value={value}
            required={action.name !== 'resume' || about.summary.state === 'budget-reached'}
            aria-invalid={error !== ''}
            aria-describedby={`${id}-what ${id}-error`}
            onChange={(event) => setValue(event.target.value)}
          />
          {field === 'budget' && about.document && (
            <span className="hint">{describeSpent(about.document)} spent so far</span>
          )}
        </label>
      )}
      <div className={styles.actions}>
        <button
          type="submit"
          className={action.name === 'cancel' || action.name === 'interrupt' ? styles.ending : styles.primary}
          aria-describedby={`${id}-what`}
          disabled={isBusy}
        >
          {field === undefined || action.name === 'resume' ? title : 'Set'}
        </button>
        <button type="button" onClick={onClose}>
          Leave it
        </button>
      </div>
      <p id={`${id}-error`} className={styles.error} role="alert">
        {error}
      </p>
    </form>
  )
}

function readField({ controls }: RunPageDocument, field: Action['field']): string {
  if (field === 'window') return String(controls.max_concurrent_tasks)
  return controls.budget_usd === null ? '' : String(controls.budget_usd)
}

function describeSpent({ cost_usd, cost_at_least_usd }: NonNullable<RunPageDocument['document']>): string {
  return cost_usd === null ? `at least ${renderCost(cost_at_least_usd)}` : renderCost(cost_usd)
}

function act(run: string, { name, field }: Action, value: string): Promise<ContinuedDocument> {
  const text = value.trim()
  switch (name) {
    case 'pause':
    case 'unpause':
    case 'interrupt':
    case 'cancel':
      return api.steerRun(run, name)
    case 'window':
      return api.changeRun(run, { max_concurrent_tasks: text })
    case 'budget':
      return api.changeRun(run, { budget_usd: text })
    case 'resume':
      return api.resumeRun(run, field === undefined || text === '' ? {} : { budget_usd: text })
    case 'retry':
      return api.retryRun(run, false)
    case 'retry-rejected':
      return api.retryRun(run, true)
  }
}
