import type { LabelQueueDocument } from '../../../src/api/documents.ts'
import type { AnnotateView } from '../address/annotate-views.ts'
import { Link } from '../address/Link.tsx'
import { navigate } from '../address/navigate.ts'
import { Choice } from '../parts/Choice.tsx'
import styles from './QueueHead.module.css'
import { measurePace, type RecentLabel } from './sitting.ts'

interface QueueHeadProps {
  readonly view: AnnotateView
  /** Undefined while loading. */
  readonly queue: LabelQueueDocument | undefined
  readonly recent: readonly RecentLabel[]
  readonly onOutcome: () => void
}

/** What is being labelled, progress and pace, and what to show. */
export function QueueHead({ view, queue, recent, onOutcome }: QueueHeadProps) {
  // Another queue has another first text.
  const change = (part: Partial<Record<'samples' | 'labels' | 'order', string | undefined>>) => {
    const { at: _, ...choice } = view
    navigate({ page: 'annotate', view: { ...choice, ...part } as AnnotateView }, { replace: true })
  }
  const pace = measurePace(recent)
  const sources = [...(view.runs ?? []), ...(view.traces ? ['traces'] : [])].join(', ')
  return (
    <div className={styles.head}>
      <h1 tabIndex={-1} className={styles.sources} title={sources}>
        {sources || 'Annotate'}
      </h1>
      <span className={styles.progress} role="status">
        {queue && (
          <>
            <progress max={Math.max(1, queue.total)} value={queue.labelled} aria-label="Labelled by you" />
            <span>
              {queue.labelled.toLocaleString('en-US')} of {queue.total.toLocaleString('en-US')}
              {queue.is_reading && '…'}
            </span>
          </>
        )}
        {pace !== undefined && <span className="hint">{pace.toFixed(1)} a minute</span>}
      </span>
      <span className="spacer" />
      <search className={styles.filters}>
        <Choice
          title="Samples"
          value={view.samples}
          unset="All samples"
          options={[['passed-train', 'Right on all train pairs']]}
          onChange={(samples) => change({ samples })}
        />
        <Choice
          title="Labels"
          value={view.labels}
          unset="Not labelled by me"
          options={[
            ['all', 'Labelled or not'],
            ['second', 'Labelled by someone else, not by me'],
            ['disagree', 'Where two disagree'],
          ]}
          onChange={(labels) => change({ labels })}
        />
        <Choice
          title="Order"
          value={view.order}
          unset="Task by task"
          options={[['mixed', 'Mixed']]}
          onChange={(order) => change({ order })}
        />
        <button
          type="button"
          aria-pressed={view.outcome === true}
          title="Whether the grids were right. A label given while this is shown is marked as such (O)"
          onClick={onOutcome}
        >
          Verdicts
        </button>
        <Link to={{ page: 'annotate', view: {} }}>Other runs</Link>
      </search>
    </div>
  )
}
