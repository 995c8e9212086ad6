import type { RunSamples } from '../../../../src/api/documents.ts'
import { Link } from '../../address/Link.tsx'
import type { Filters, View } from '../../address/route.ts'
import { api, taskSamplesAddress } from '../../data/api.ts'
import { useResource } from '../../data/resources.ts'
import { useMayAct } from '../../parts/hooks/use-acting.ts'
import { joinClasses } from '../../parts/join-classes.ts'
import styles from './RunList.module.css'

interface RunListProps {
  readonly taskKey: string
  readonly view: View
  readonly filters: Filters
}

/** Each run with the task in this version, and its samples: each sample links to its grids. */
export function RunList({ taskKey, view, filters }: RunListProps) {
  const read = useResource(taskSamplesAddress(taskKey, view), () => api.readTaskSamples(taskKey, view))
  const mayAct = useMayAct()
  if (read.state === 'loading') return <p className="hint">Looking through the runs…</p>
  if (!read.value) return <p role="alert">{read.state === 'failed' && read.error.message}</p>
  const { runs } = read.value
  if (runs.length === 0) {
    return (
      <p className="hint">
        No run has asked for this task{view.version > 0 && ' in this version'}.
        {mayAct && (
          <>
            {' '}
            <code>npx arcloom benchmark code</code> starts one.
          </>
        )}
      </p>
    )
  }
  return (
    <ul className={styles.runList}>
      {runs.map((run) => (
        <li key={run.run} className={styles.run}>
          <span className={styles.runName}>
            <b>{run.run}</b> {run.model ?? 'given programs'}
          </span>
          <span className={joinClasses(styles.runOutcome, run.solved === true && styles.right)}>
            {describeOutcome(run.solved)}
          </span>
          <span className={styles.runSamples}>
            {run.samples.map((sample, index) => (
              <Link
                key={index}
                className="button"
                to={{
                  page: 'task',
                  key: taskKey,
                  view: { ...view, sample: { run: run.run, index } },
                  filters,
                }}
                aria-label={`Sample ${index + 1} of ${run.run}: ${sampleWords[sample]}`}
                aria-current={view.sample?.run === run.run && view.sample.index === index ? 'true' : undefined}
                title={`Sample ${index + 1}: ${sampleWords[sample]}`}
              >
                {index + 1} {sampleSigns[sample]}
              </Link>
            ))}
          </span>
        </li>
      ))}
    </ul>
  )
}

type Sample = RunSamples['samples'][number]

const sampleWords: Record<Sample, string> = {
  right: 'right on every test input',
  wrong: 'not right on every test input',
  'no-grid': 'no grid',
}

const sampleSigns: Record<Sample, string> = { right: '✓', wrong: '✗', 'no-grid': '–' }

function describeOutcome(solved: boolean | null): string {
  return solved === null ? 'not recorded yet' : solved ? 'solved' : 'not solved'
}
