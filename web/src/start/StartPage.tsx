import { useRef, useState, type SubmitEvent } from 'react'
import type { StartOptionsDocument } from '../../../src/api/documents.ts'
import { Link } from '../address/Link.tsx'
import { navigate } from '../address/navigate.ts'
import type { StartView } from '../address/start-view.ts'
import { api, runsAddress, startOptionsAddress } from '../data/api.ts'
import { refresh, useResource } from '../data/resources.ts'
import { Failure } from '../parts/Failure.tsx'
import { useActingProblem } from '../parts/hooks/use-acting.ts'
import { useTitle } from '../parts/hooks/use-title.ts'
import { createRunKey } from './create-run-key.ts'
import { commandWords, commonFields, furtherFields } from './field-words.ts'
import { FlagField } from './FlagField.tsx'
import { ModelChoice } from './ModelChoice.tsx'
import { orderOf } from './order-of.ts'
import { PlanSummary } from './PlanSummary.tsx'
import { renderCommand } from './render-command.ts'
import styles from './StartPage.module.css'
import { toPlanError, usePlan, type PlanError } from './use-plan.ts'

/** A form that starts runs. The address keeps what is filled in. */
export function StartPage({ view }: { readonly view: StartView }) {
  const read = useResource(startOptionsAddress, api.readStartOptions)
  const options = read.state === 'loading' ? undefined : read.value
  useTitle('Start a run')
  if (read.state === 'failed' && !options) return <Failure error={read.error} title="No run can be started here" />
  return (
    <main className={styles.page} id="main">
      <div className={styles.head}>
        <h1 tabIndex={-1}>Start a run</h1>
        <Link to={{ page: 'runs', view: {} }}>All runs</Link>
      </div>
      {options ? <StartForm view={view} options={options} /> : <p aria-busy="true">The models are being read…</p>}
    </main>
  )
}

interface StartFormProps {
  readonly view: StartView
  readonly options: StartOptionsDocument
}

function StartForm({ view, options }: StartFormProps) {
  const problem = useActingProblem()
  const { plan, error: planError } = usePlan(view)
  const [refusal, setRefusal] = useState<{ readonly of: StartView; readonly error: PlanError }>()
  const [isBusy, setIsBusy] = useState(false)
  const isUnderWay = useRef(false)
  // One key for one order: however often it is sent, its runs start once.
  const sent = useRef({ of: '', key: '' })
  const error = planError ?? (refusal?.of === view ? refusal.error : undefined)
  const command = renderCommand(view)
  const change = (name: string, values: readonly string[]) => {
    const { [name]: _, ...others } = view.flags
    const flags = values.length === 0 ? others : { ...view.flags, [name]: values }
    navigate({ page: 'start', order: { ...view, flags } }, { replace: true })
  }
  const start = async (event: SubmitEvent) => {
    event.preventDefault()
    if (isUnderWay.current || plan === undefined) return
    isUnderWay.current = true
    setIsBusy(true)
    const text = JSON.stringify(view)
    if (sent.current.of !== text) sent.current = { of: text, key: createRunKey(new Date()) }
    try {
      const { runs } = await api.startRuns(orderOf(view), sent.current.key)
      refresh(runsAddress)
      const [first, ...others] = runs
      if (first === undefined) return
      const picked = runs.map(({ run_id }) => run_id)
      navigate(
        others.length === 0
          ? { page: 'run', run: first.run_id, matrix: {} }
          : { page: 'runs', view: { picked: picked.slice(0, 6) } },
      )
    } catch (failure) {
      setRefusal({ of: view, error: toPlanError(failure) })
    } finally {
      isUnderWay.current = false
      setIsBusy(false)
    }
  }
  const field = (name: string, title: string) => {
    const flag = options.flags[name]
    return (
      flag && (
        <FlagField
          key={name}
          name={name}
          title={title}
          flag={flag}
          value={view.flags[name]?.[0] ?? ''}
          error={error}
          onChange={(value) => change(name, value === '' ? [] : [value])}
        />
      )
    )
  }
  const isPlaced = Object.keys(options.flags).includes(error?.place ?? '')
  return (
    <form className={styles.form} onSubmit={(event) => void start(event)}>
      <div className={styles.field}>
        <label htmlFor="command">What to ask</label>
        <select
          id="command"
          value={view.command}
          onChange={(event) =>
            navigate({ page: 'start', order: { ...view, command: event.target.value } }, { replace: true })
          }
        >
          {Object.entries(commandWords).map(([name, words]) => (
            <option key={name} value={name}>
              {words}
            </option>
          ))}
        </select>
      </div>
      <ModelChoice
        models={options.models}
        chosen={view.flags['model'] ?? []}
        error={error}
        onChange={(models) => change('model', models)}
      />
      <DatasetChoice
        datasets={options.datasets}
        chosen={view.flags['dataset'] ?? []}
        error={error}
        onChange={(dataset) => change('dataset', dataset)}
      />
      <div className={styles.fields}>{commonFields.map(([name, title]) => field(name, title))}</div>
      <details open={furtherFields.some(([name]) => view.flags[name] !== undefined || error?.place === name)}>
        <summary>More</summary>
        <div className={styles.fields}>{furtherFields.map(([name, title]) => field(name, title))}</div>
      </details>
      <section className={styles.summary} aria-label="Before it starts">
        <div className={styles.command}>
          <code>{command}</code>
          <button type="button" onClick={() => void navigator.clipboard?.writeText(command)}>
            Copy
          </button>
        </div>
        <div role="status">{plan && <PlanSummary plan={plan} budget={view.flags['budget_usd']?.[0]} />}</div>
        {error && !isPlaced && error.message !== problem && (
          <p className={styles.error} role="alert">
            {error.message}
          </p>
        )}
        {problem && <p className="notice">{problem}</p>}
        <button type="submit" className={styles.primary} disabled={isBusy || plan === undefined || problem !== null}>
          {isBusy ? 'Starting…' : 'Start'}
        </button>
      </section>
    </form>
  )
}

interface DatasetChoiceProps {
  readonly datasets: StartOptionsDocument['datasets']
  readonly chosen: readonly string[]
  readonly error: PlanError | undefined
  readonly onChange: (paths: readonly string[]) => void
}

function DatasetChoice({ datasets, chosen, error, onChange }: DatasetChoiceProps) {
  // An address may name several, or one that is not here.
  const selected = chosen.join(', ')
  const isListed = selected === '' || datasets.some(({ path }) => path === selected)
  const isWrong = error?.place === 'dataset'
  return (
    <div className={styles.field}>
      <label htmlFor="dataset">Dataset</label>
      <select
        id="dataset"
        value={selected}
        aria-invalid={isWrong}
        onChange={(event) => onChange(event.target.value === '' ? [] : [event.target.value])}
      >
        <option value="">data/tasks</option>
        {!isListed && <option value={selected}>{selected}</option>}
        {datasets
          .filter(({ path }) => path !== 'data/tasks')
          .map(({ path, tasks }) => (
            <option key={path} value={path}>
              {path}
              {tasks !== null && ` (${tasks})`}
            </option>
          ))}
      </select>
      {isWrong && (
        <p className={styles.error} role="alert">
          {error?.message}
        </p>
      )}
    </div>
  )
}
