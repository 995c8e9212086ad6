import type { CompareDocument } from '../../../src/api/documents.ts'
import { Link } from '../address/Link.tsx'
import { maxPicked } from '../address/run-views.ts'
import { api, compareAddress } from '../data/api.ts'
import { useResource } from '../data/resources.ts'
import { useTitle } from '../parts/hooks/use-title.ts'
import { change, type CompareRoute } from './change-view.ts'
import styles from './ComparePage.module.css'
import { CostChart } from './CostChart.tsx'
import { PairList } from './PairList.tsx'
import { ScoreTable } from './ScoreTable.tsx'
import { TaskTable } from './TaskTable.tsx'

/** Compares runs side by side: their differences, their costs, and the tasks they differ on. */
export function ComparePage({ route }: { readonly route: CompareRoute }) {
  const { runs, view = {} } = route
  const read = useResource(compareAddress(runs, view), () => api.compareRuns(runs, view))
  const document = read.state === 'loading' ? undefined : read.value
  useTitle(`Compare ${runs.join(', ')}`)
  return (
    <main className={styles.page} id="main">
      <h1 tabIndex={-1}>Compare {runs.join(', ')}</h1>
      <Link to={{ page: 'runs', view: { picked: runs.slice(0, maxPicked) } }}>Choose other runs</Link>
      {document ? (
        <Comparison route={route} document={document} />
      ) : read.state === 'failed' ? (
        <NotCompared route={route} error={read.error} />
      ) : (
        <div className={`waiting ${styles.waiting}`} aria-busy="true" />
      )}
    </main>
  )
}

function Comparison({ route, document }: { readonly route: CompareRoute; readonly document: CompareDocument }) {
  const { comparison, left_out } = document
  const { unrecorded, basis } = comparison
  return (
    <>
      {(left_out.length > 0 || unrecorded.length > 0) && (
        <div className="notice">
          {left_out.map((words) => (
            <p key={words}>Left out: {words}.</p>
          ))}
          {unrecorded.map(({ run, tasks }) => (
            <p key={run}>
              {run} is not finished: {tasks} of its tasks {tasks === 1 ? 'is' : 'are'} not recorded, and{' '}
              {basis === 'recorded' ? 'left out for all runs' : 'counted as wrong'}.
            </p>
          ))}
          {unrecorded.length > 0 && (
            <Link className="button" to={change(route, { all: basis === 'recorded' ? true : undefined })}>
              {basis === 'recorded' ? 'Count them as wrong' : 'Leave them out'}
            </Link>
          )}
        </div>
      )}
      <p className="hint">All scores are over the {comparison.common_tasks} tasks that all of these runs have.</p>
      <ScoreTable comparison={comparison} />
      <div className={styles.charts}>
        <CostChart comparison={comparison} />
      </div>
      <PairList route={route} comparison={comparison} />
      <TaskTable route={route} document={document} />
    </>
  )
}

/** Explains why runs cannot be compared; some cases can be fixed by another view. */
function NotCompared({ route, error }: { readonly route: CompareRoute; readonly error: Error }) {
  const type = 'type' in error ? error.type : undefined
  return (
    <section className="message">
      <p role="alert">{error.message}</p>
      {type === 'different-tasks' && (
        <Link className="button" to={change(route, { common: true })}>
          Compare only the tasks all runs have
        </Link>
      )}
      {type === 'nothing-recorded' && (
        <Link className="button" to={change(route, { all: true })}>
          Count unrecorded tasks as wrong
        </Link>
      )}
    </section>
  )
}
