import type { RunSummary } from '../../../src/api/documents.ts'
import { renderDuration } from '../../../src/domain/format.ts'
import { Link } from '../address/Link.tsx'
import { navigate } from '../address/navigate.ts'
import { maxPicked, type RunsView } from '../address/run-views.ts'
import { describeKind, describePlace, describeSamples, describeState } from '../parts/run-words.ts'
import { ScoreBar } from '../parts/ScoreBar.tsx'
import styles from './RunTable.module.css'

interface RunRowProps {
  readonly run: RunSummary
  readonly view: RunsView
  /** Belongs to a group that is open. */
  readonly isMember?: boolean
}

export function RunRow({ run, view, isMember = false }: RunRowProps) {
  const samples = describeSamples(run)
  return (
    <tr className={isMember ? styles.member : undefined}>
      <td>
        <PickBox run={run.run_id} view={view} />
      </td>
      <th scope="row" className={styles.name}>
        <Link to={{ page: 'run', run: run.run_id, matrix: {} }}>{run.run_id}</Link>
        <span className={styles.about}>
          {describeKind(run)}
          {run.model !== null && ` · ${run.model}`}
          {samples !== undefined && ` · ${samples}`}
        </span>
      </th>
      <td className={`${styles.wide} ${styles.places}`}>{run.places.map(describePlace).join(', ')}</td>
      <td>
        <State run={run} />
      </td>
      <td>
        <Scores run={run} />
      </td>
      <td className={styles.number}>
        <Cost numbers={run.numbers} />
      </td>
      <td className={`${styles.number} ${styles.wide}`} title={`Started ${run.started_at}`}>
        {renderDuration(run.open_seconds)}
      </td>
    </tr>
  )
}

function PickBox({ run, view }: { readonly run: string; readonly view: RunsView }) {
  const { picked = [], ...others } = view
  const isPicked = picked.includes(run)
  const toggle = () => {
    const after = isPicked ? picked.filter((name) => name !== run) : [...picked, run]
    navigate({ page: 'runs', view: { ...others, picked: after } }, { replace: true })
  }
  const isFull = !isPicked && picked.length >= maxPicked
  return (
    <label className={styles.pick} title={isFull ? `At most ${maxPicked} runs can be compared` : undefined}>
      <input type="checkbox" checked={isPicked} disabled={isFull} onChange={toggle} />
      <span className="visually-hidden">Compare {run}</span>
    </label>
  )
}

function State({ run }: { readonly run: RunSummary }) {
  const { done, total, failed } = run.tasks
  const isOpen = run.state === 'running' || run.state === 'paused'
  return (
    <span className={styles.state}>
      <span className={styles.stateWords} data-state={run.state} title={run.reason ?? undefined}>
        {describeState(run)}
      </span>
      {isOpen && <progress max={Math.max(1, total)} value={done} aria-label={`Tasks recorded of ${run.run_id}`} />}
      {(isOpen || done < total) && (
        <span className={styles.soft}>
          {done} of {total} tasks
          {failed > 0 && `, ${failed} failed`}
        </span>
      )}
      {run.waiting_for !== null && <span className={styles.waiting}>waits: {run.waiting_for}</span>}
    </span>
  )
}

function Scores({ run: { numbers, tasks } }: { readonly run: RunSummary }) {
  if (numbers === null) return <span className={styles.soft}>counting…</span>
  const { scores, is_partial, served_by_several } = numbers
  if (scores === null) return <span className={styles.soft}>nothing to score</span>
  if (tasks.done === 0) return <span className={styles.soft}>–</span>
  return (
    <span className={styles.scores}>
      {scores.map(({ dataset, split, tasks: over, leaderboard }) => (
        <span key={`${dataset} ${split}`}>
          <ScoreBar score={leaderboard} />
          <span className={styles.soft}>
            {scores.length > 1 && `${describePlace({ dataset, split })}, `}
            {is_partial ? `of ${over} recorded` : `of ${over}`}
            {served_by_several && ', several hosts'}
          </span>
        </span>
      ))}
    </span>
  )
}

function Cost({ numbers }: Pick<RunSummary, 'numbers'>) {
  if (numbers === null) return <span className={styles.soft}>…</span>
  const { cost_usd, cost_at_least_usd, cost_at_most_usd } = numbers
  if (cost_usd !== null && cost_at_most_usd === cost_usd) return <>{renderUsd(cost_usd)}</>
  const most = cost_at_most_usd === null ? 'has no known limit' : `is ${renderUsd(cost_at_most_usd)} at most`
  return <span title={`Some requests have no known cost: the sum ${most}`}>≥ {renderUsd(cost_at_least_usd)}</span>
}

/** Small amounts need more decimals than cents. */
function renderUsd(usd: number): string {
  return `$${usd.toFixed(usd < 0.1 && usd > 0 ? 4 : 2)}`
}
