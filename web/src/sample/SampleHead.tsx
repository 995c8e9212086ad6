import type { SampleDocument } from '../../../src/api/documents.ts'
import { nameTask } from '../../../src/domain/format.ts'
import { Link } from '../address/Link.tsx'
import { joinClasses } from '../parts/join-classes.ts'
import styles from './SampleHead.module.css'
import type { SampleRoute } from './SamplePage.tsx'
import type { Walk } from './use-walk.ts'

interface SampleHeadProps {
  readonly route: SampleRoute
  /** Undefined while loading. */
  readonly document: SampleDocument | undefined
  readonly walk: Walk
}

/** Names the sample, and links to others. */
export function SampleHead({ route, document, walk }: SampleHeadProps) {
  const { run, item, sample, matrix } = route
  return (
    <div className={styles.head}>
      <h1 tabIndex={-1}>{document ? nameTask(document.item) : item}</h1>
      <span>
        sample {sample + 1}
        {document && ` of ${document.samples}`} in{' '}
        <Link to={{ page: 'run', run, matrix }} className={styles.run}>
          {run}
        </Link>
      </span>
      {document && <Mark correct={document.correct} />}
      <span className="spacer" />
      {document && document.samples > 1 && (
        <nav className={styles.walk} aria-label="Samples of this task">
          <Step route={route} to={sample > 0 ? { item, sample: sample - 1 } : undefined} title="Sample before ([)">
            ‹
          </Step>
          <span className={styles.number}>
            {sample + 1} / {document.samples}
          </span>
          <Step
            route={route}
            to={sample + 1 < document.samples ? { item, sample: sample + 1 } : undefined}
            title="Next sample (])"
          >
            ›
          </Step>
        </nav>
      )}
      <nav className={styles.walk} aria-label="Samples that pass the run's filter">
        <Step route={route} to={walk.before} title="Previous (P)">
          ← Previous
        </Step>
        {walk.place && (
          <span className={styles.number}>
            {walk.place.number} of {walk.place.of}
          </span>
        )}
        <Step route={route} to={walk.next} title="Next (N)">
          Next →
        </Step>
      </nav>
    </div>
  )
}

interface StepProps {
  readonly route: SampleRoute
  readonly to: { readonly item: string; readonly sample: number } | undefined
  readonly title: string
  readonly children: string
}

function Step({ route, to, title, children }: StepProps) {
  if (!to) {
    return (
      <button type="button" disabled title={title} aria-label={title}>
        {children}
      </button>
    )
  }
  return (
    <Link className="button" to={{ ...route, ...to }} title={title} aria-label={title}>
      {children}
    </Link>
  )
}

function Mark({ correct }: { readonly correct: boolean | null }) {
  if (correct === null) return null
  return (
    <b className={joinClasses(styles.mark, correct ? styles.right : styles.wrong)}>
      {correct ? '✓ right on every test input' : '✗ not right'}
    </b>
  )
}
