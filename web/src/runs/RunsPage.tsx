import type { RunSummary } from '../../../src/api/documents.ts'
import { renderScore } from '../../../src/domain/format.ts'
import { Link } from '../address/Link.tsx'
import type { RunsView } from '../address/run-views.ts'
import { api, runsAddress } from '../data/api.ts'
import { usePolling, useResource } from '../data/resources.ts'
import { Failure } from '../parts/Failure.tsx'
import { useTitle } from '../parts/use-title.ts'

/** A page that is looked at is at most this far behind a run that is open. */
const pollMs = 900

/** All runs. */
export function RunsPage({ view: _view }: { readonly view: RunsView }) {
  const read = useResource(runsAddress, api.readRuns)
  const { runs } = (read.state === 'loading' ? undefined : read.value) ?? {}
  usePolling(runsAddress, runs?.some(isChanging) ? pollMs : undefined)
  useTitle('Runs')
  if (read.state === 'failed' && !runs) return <Failure error={read.error} title="The runs cannot be shown" />
  return (
    <main id="main">
      <h1 tabIndex={-1}>Runs</h1>
      <ul aria-busy={runs === undefined}>
        {runs?.map((run) => (
          <li key={run.run_id}>
            <Link to={{ page: 'run', run: run.run_id, matrix: {} }}>{run.run_id}</Link> {run.state}{' '}
            {run.numbers?.scores?.map(({ dataset, split, leaderboard }) => (
              <span key={`${dataset} ${split}`}>{renderScore(leaderboard)}</span>
            ))}
          </li>
        ))}
      </ul>
    </main>
  )
}

/** Whether the list says something else of it soon. */
function isChanging({ state, numbers }: RunSummary): boolean {
  return state === 'running' || state === 'paused' || numbers === null
}
