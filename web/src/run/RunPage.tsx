import { Link } from '../address/Link.tsx'
import type { MatrixView } from '../address/run-views.ts'
import { api, matrixAddress, runAddress } from '../data/api.ts'
import { usePolling, useResource } from '../data/resources.ts'
import { Failure } from '../parts/Failure.tsx'
import { useTitle } from '../parts/hooks/use-title.ts'
import { isChanging, pollMs } from '../parts/run-words.ts'
import { MatrixPanel } from './matrix/MatrixPanel.tsx'
import { RunAgain } from './RunAgain.tsx'
import { RunFacts } from './RunFacts.tsx'
import styles from './RunPage.module.css'
import { SteeringBar } from './steering/SteeringBar.tsx'

interface RunPageProps {
  readonly run: string
  readonly matrix: MatrixView
}

/** One run: its numbers, and the result of every sample of every task. */
export function RunPage({ run, matrix: view }: RunPageProps) {
  const read = useResource(runAddress(run), () => api.readRun(run))
  const about = read.state === 'loading' ? undefined : read.value
  const readRows = useResource(matrixAddress(run), () => api.readMatrix(run))
  const matrix = readRows.state === 'loading' ? undefined : readRows.value
  const changing = about !== undefined && isChanging(about.summary)
  usePolling(runAddress(run), changing ? pollMs : undefined)
  usePolling(matrixAddress(run), changing || matrix?.is_reading ? pollMs : undefined)
  useTitle(run)
  if (read.state === 'failed' && !about) {
    const wayBack = <Link to={{ page: 'runs', view: {} }}>All runs</Link>
    return <Failure error={read.error} title="The run cannot be shown" wayBack={wayBack} />
  }
  return (
    <main className={styles.page} id="main">
      <div className={styles.head}>
        <h1 tabIndex={-1}>{run}</h1>
        <Link to={{ page: 'runs', view: {} }}>All runs</Link>
        {about && <RunAgain summary={about.summary} />}
      </div>
      {read.state === 'failed' && (
        <p className="notice" role="status">
          {read.error.message} This is the last state received.
        </p>
      )}
      {about && <SteeringBar about={about} />}
      {about ? <RunFacts about={about} /> : <p aria-busy="true">Reading the run…</p>}
      {readRows.state === 'failed' && !matrix && <p role="alert">{readRows.error.message}</p>}
      {matrix && <MatrixPanel matrix={matrix} view={view} />}
    </main>
  )
}
