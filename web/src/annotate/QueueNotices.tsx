import type { LabelQueueDocument } from '../../../src/api/documents.ts'
import type { LabelSubject } from '../../../src/domain/labels/label.ts'
import type { Resource } from '../data/resources.ts'
import { describeSubject } from './sitting.ts'
import type { Labels } from './use-labels.ts'

interface QueueNoticesProps {
  readonly queue: LabelQueueDocument | undefined
  readonly resource: Resource<LabelQueueDocument>
  readonly labels: Labels
  /** Goes back to a text. */
  readonly onRead: (subject: LabelSubject) => void
}

/** Errors: labels that were not saved, a queue that cannot be read, invalid lines of the file. */
export function QueueNotices({ queue, resource, labels, onRead }: QueueNoticesProps) {
  const { unsaved, saveAgain, forget } = labels
  return (
    <>
      {resource.state === 'failed' && (
        <p className="notice" role="alert">
          {resource.error.message}
        </p>
      )}
      {queue && queue.faults.length > 0 && (
        <details className="notice">
          <summary>Some labels cannot be read: {queue.faults.length}</summary>
          <ul>
            {queue.faults.map((fault) => (
              <li key={fault}>{fault}</li>
            ))}
          </ul>
        </details>
      )}
      {unsaved.length > 0 && (
        <div className="notice" role="alert">
          <p>Not saved:</p>
          <ul>
            {unsaved.map((label) => (
              <li key={label.body.text_hash}>
                {describeSubject(label.body.subject)}: {label.message}{' '}
                <button
                  type="button"
                  className="link"
                  onClick={() => {
                    forget(label)
                    onRead(label.body.subject)
                  }}
                >
                  Read it again
                </button>
              </li>
            ))}
          </ul>
          <button type="button" onClick={saveAgain}>
            Save again
          </button>
        </div>
      )}
    </>
  )
}
