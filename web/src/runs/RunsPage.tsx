import type { RunsDocument } from '../../../src/api/documents.ts'
import { Link } from '../address/Link.tsx'
import { navigate } from '../address/navigate.ts'
import type { RunsView } from '../address/run-views.ts'
import { emptyStart } from '../address/start-view.ts'
import { api, runsAddress } from '../data/api.ts'
import { usePolling, useResource } from '../data/resources.ts'
import { currentSource } from '../data/source.ts'
import { Failure } from '../parts/Failure.tsx'
import { useMayAct } from '../parts/hooks/use-acting.ts'
import { useTitle } from '../parts/hooks/use-title.ts'
import { isChanging, pollMs } from '../parts/run-words.ts'
import { arrangeRuns } from './arrange-runs.ts'
import { CostChart } from './CostChart.tsx'
import { RunFilters } from './RunFilters.tsx'
import styles from './RunsPage.module.css'
import { RunTable } from './RunTable.tsx'

/** All runs: their progress, scores and costs. */
export function RunsPage({ view }: { readonly view: RunsView }) {
  const read = useResource(runsAddress, api.readRuns)
  const { runs, damaged = [] } = (read.state === 'loading' ? undefined : read.value) ?? {}
  usePolling(runsAddress, runs?.some(isChanging) ? pollMs : undefined)
  useTitle('Runs')
  if (read.state === 'failed' && !runs) return <Failure error={read.error} title="The runs cannot be shown" />
  const groups = runs && arrangeRuns(runs, view)
  const matches = groups?.flatMap((group) => group.runs)
  return (
    <main className={styles.page} id="main">
      <h1 className="visually-hidden" tabIndex={-1}>
        Runs
      </h1>
      {read.state === 'failed' && (
        <p className="notice" role="status">
          {read.error.message} This is the last state received.
        </p>
      )}
      {damaged.length > 0 && <DamagedRuns damaged={damaged} />}
      {runs?.length === 0 && damaged.length === 0 ? (
        <NoRuns />
      ) : (
        <>
          <div className={styles.start}>
            <StartLink />
          </div>
          <RunFilters view={view} runs={runs ?? []} matching={matches?.length} />
          {matches && <CostChart runs={matches} />}
          {groups?.length === 0 ? (
            <section className="message">
              <h2>No matching runs</h2>
              <button type="button" onClick={() => navigate({ page: 'runs', view: {} })}>
                Show all runs
              </button>
            </section>
          ) : (
            <RunTable groups={groups} view={view} />
          )}
          <ComparisonBar view={view} />
        </>
      )}
    </main>
  )
}

function NoRuns() {
  return (
    <section className="message">
      <h2>No runs yet</h2>
      {useMayAct() ? (
        <p>
          <code>npx arcloom benchmark code</code> starts one; it shows up here at once.
        </p>
      ) : (
        <p>Those that are started show up here.</p>
      )}
      <StartLink />
    </section>
  )
}

function StartLink() {
  if (!useMayAct()) return null
  return (
    <Link to={{ page: 'start', order: emptyStart }} className="button">
      Start a run
    </Link>
  )
}

function DamagedRuns({ damaged }: { readonly damaged: RunsDocument['damaged'] }) {
  const mayAct = useMayAct()
  return (
    <details className="notice">
      <summary>
        {damaged.length === 1 ? 'One run is damaged' : `${damaged.length} runs are damaged`}
        {mayAct && (
          <>
            : <code>npx arcloom resume RUN</code> repairs what can be repaired
          </>
        )}
      </summary>
      <ul>
        {damaged.map(({ run_id, file, place, message }) => (
          <li key={run_id}>
            <b>{run_id}</b>: {file}
            {place && ` at ${place}`}: {message}
          </li>
        ))}
      </ul>
    </details>
  )
}

/** Actions on the ticked runs. */
function ComparisonBar({ view }: { readonly view: RunsView }) {
  const { picked = [], ...others } = view
  if (picked.length === 0) return null
  return (
    <section className={styles.comparison} aria-label="Ticked runs">
      <span role="status">
        {picked.length === 1 ? 'Tick another run to compare with' : `${picked.length} runs ticked`}
      </span>
      {picked.length > 1 && (
        <Link to={{ page: 'compare', runs: picked }} className={`button ${styles.primary}`}>
          Compare
        </Link>
      )}
      {currentSource().isLive && (
        <Link to={{ page: 'annotate', view: { runs: picked } }} className="button">
          Label the reasoning
        </Link>
      )}
      <button type="button" onClick={() => navigate({ page: 'runs', view: others }, { replace: true })}>
        Clear
      </button>
    </section>
  )
}
