import { useRef, useState, type SubmitEvent } from 'react'
import type { OrderProblem, StartOptionsDocument } from '../../../src/api/documents.ts'
import { Link } from '../address/Link.tsx'
import { navigate } from '../address/navigate.ts'
import type { StartView } from '../address/start-view.ts'
import { abilitiesAddress, api, runsAddress, startOptionsAddress } from '../data/api.ts'
import { refresh, useResource } from '../data/resources.ts'
import { Failure } from '../parts/Failure.tsx'
import { sayInFields, titleOf } from '../parts/field-titles.ts'
import { useActingProblem } from '../parts/hooks/use-acting.ts'
import { useTitle } from '../parts/hooks/use-title.ts'
import { createRunKey } from './create-run-key.ts'
import { commandWords, commonFields, furtherFields } from './field-words.ts'
import { FieldProblems } from './FieldProblems.tsx'
import { FlagField } from './FlagField.tsx'
import { ModelChoice } from './ModelChoice.tsx'
import { orderOf } from './order-of.ts'
import { PlanSummary } from './PlanSummary.tsx'
import { renderCommand } from './render-command.ts'
import styles from './StartPage.module.css'
import { describeRefusal, usePlan } from './use-plan.ts'

/** A form that starts runs. The address keeps what is filled in. */
export function StartPage({ view }: { readonly view: StartView }) {
  const read = useResource(startOptionsAddress, api.readStartOptions)
  const abilities = useResource(abilitiesAddress, api.readAbilities)
  const options = read.state === 'loading' ? undefined : read.value
  useTitle('Start a run')
  if (abilities.state !== 'loading' && abilities.value?.may_act === false) {
    return (
      <main className="message" id="main">
        <h1 tabIndex={-1}>No run can be started here</h1>
        <p>{abilities.value.reason}</p>
        <Link to={{ page: 'runs', view: {} }}>All runs</Link>
      </main>
    )
  }
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
  const planned = usePlan(view)
  const { plan } = planned
  const [refusal, setRefusal] = useState<{ readonly of: StartView; readonly problem: OrderProblem }>()
  const [isBusy, setIsBusy] = useState(false)
  const isUnderWay = useRef(false)
  // One key for one order: however often it is sent, its runs start once.
  const sent = useRef({ of: '', key: '' })
  const problems = refusal?.of === view ? [refusal.problem] : planned.problems
  const isPlaced = ({ field }: OrderProblem) => field !== null && Object.hasOwn(options.flags, field)
  const problemsOf = (name: string) => problems.filter(({ field }) => field === name).map(({ message }) => message)
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
      setRefusal({ of: view, problem: describeRefusal(failure) })
    } finally {
      isUnderWay.current = false
      setIsBusy(false)
    }
  }
  const field = (name: string) => {
    const flag = options.flags[name]
    return (
      flag && (
        <FlagField
          key={name}
          name={name}
          flag={flag}
          value={view.flags[name]?.[0] ?? ''}
          problems={problemsOf(name)}
          onChange={(value) => change(name, value === '' ? [] : [value])}
        />
      )
    )
  }
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
        problems={problemsOf('model')}
        onChange={(models) => change('model', models)}
      />
      <DatasetChoice
        datasets={options.datasets}
        chosen={view.flags['dataset'] ?? []}
        problems={problemsOf('dataset')}
        onChange={(dataset) => change('dataset', dataset)}
      />
      <div className={styles.fields}>{commonFields.map(field)}</div>
      <details open={furtherFields.some((name) => view.flags[name] !== undefined || problemsOf(name).length > 0)}>
        <summary>More</summary>
        <div className={styles.fields}>{furtherFields.map(field)}</div>
      </details>
      <section className={styles.summary} aria-label="Before it starts">
        <div className={styles.command}>
          <code>{command}</code>
          <button type="button" onClick={() => void navigator.clipboard?.writeText(command)}>
            Copy
          </button>
        </div>
        <div role="status">{plan && <PlanSummary plan={plan} budget={view.flags['budget_usd']?.[0]} />}</div>
        <div className={styles.error} role="alert">
          {problems
            .filter((each) => !isPlaced(each) && each.message !== problem)
            .map(({ message }) => (
              <p key={message}>{sayInFields(message)}</p>
            ))}
        </div>
        {problems.some(isPlaced) && <p className="hint">{describePlaces(problems.filter(isPlaced))}</p>}
        {problem && <p className="notice">{problem}</p>}
        <button type="submit" className={styles.primary} disabled={isBusy || plan === undefined || problem !== null}>
          {isBusy ? 'Starting…' : 'Start'}
        </button>
      </section>
    </form>
  )
}

/** Why Start cannot be pressed; what is wrong stands at the fields. */
function describePlaces(problems: readonly OrderProblem[]): string {
  const titles = [...new Set(problems.map(({ field }) => titleOf(field ?? '')))]
  return `Before it can start, look at: ${titles.join(', ')}.`
}

interface DatasetChoiceProps {
  readonly datasets: StartOptionsDocument['datasets']
  readonly chosen: readonly string[]
  readonly problems: readonly string[]
  readonly onChange: (paths: readonly string[]) => void
}

function DatasetChoice({ datasets, chosen, problems, onChange }: DatasetChoiceProps) {
  // An address may name several, or one that is not here.
  const selected = chosen.join(', ')
  const isListed = selected === '' || datasets.some(({ path }) => path === selected)
  return (
    <div className={styles.field}>
      <label htmlFor="dataset">Dataset</label>
      <select
        id="dataset"
        value={selected}
        aria-invalid={problems.length > 0}
        aria-describedby="dataset-error"
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
      <FieldProblems id="dataset-error" messages={problems} />
    </div>
  )
}
