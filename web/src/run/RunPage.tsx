import { Link } from '../address/Link.tsx'
import type { MatrixView } from '../address/run-views.ts'
import { api, matrixAddress, runAddress } from '../data/api.ts'
import { usePolling, useResource } from '../data/resources.ts'
import { Failure } from '../parts/Failure.tsx'
import { useTitle } from '../parts/use-title.ts'

/** A page that is looked at is at most this far behind a run that is open. */
const pollMs = 900

interface RunPageProps {
  readonly run: string
  readonly matrix: MatrixView
}

/** One run: its numbers, and what came of every sample of every task. */
export function RunPage({ run, matrix: view }: RunPageProps) {
  const read = useResource(runAddress(run), () => api.readRun(run))
  const about = read.state === 'loading' ? undefined : read.value
  const readRows = useResource(matrixAddress(run), () => api.readMatrix(run))
  const matrix = readRows.state === 'loading' ? undefined : readRows.value
  const isOpen = about?.summary.state === 'running' || about?.summary.state === 'paused'
  usePolling(runAddress(run), isOpen || about?.document === null ? pollMs : undefined)
  usePolling(matrixAddress(run), isOpen || matrix?.is_reading ? pollMs : undefined)
  useTitle(run)
  if (read.state === 'failed' && !about) return <Failure error={read.error} title="The run cannot be shown" />
  return (
    <main id="main">
      <h1 tabIndex={-1}>{run}</h1>
      <table>
        <tbody>
          {matrix?.rows.map(({ item, marks }) => (
            <tr key={item}>
              <th scope="row">{item}</th>
              {Array.from(marks).map((mark, sample) => (
                <td key={sample}>
                  <Link to={{ page: 'sample', run, item, sample, matrix: view }}>{mark}</Link>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </main>
  )
}
