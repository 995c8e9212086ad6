import { useState } from 'react'
import type { VersionSummary } from '../../../../src/api/documents.ts'
import { describeTransform } from '../../../../src/domain/grids/transforms/describe-transform.ts'
import styles from './VersionFacts.module.css'

interface VersionFactsProps {
  readonly summary: VersionSummary
  readonly onRemove: () => void
}

/** How a version came about and who signed it; removing it asks first. */
export function VersionFacts({ summary, onRemove }: VersionFactsProps) {
  const [isAsking, setAsking] = useState(false)
  const { version, signed_by, derived_from } = summary
  return (
    <div className={styles.versionFacts}>
      {derived_from && (
        <p>
          {derived_from.version === 0 ? 'As published' : `Version ${derived_from.version}`},{' '}
          {derived_from.transforms.map(describeTransform).join(', then ')}.
        </p>
      )}
      <p>Signed by {signed_by.join(', ') || 'nobody'}.</p>
      {isAsking ? (
        <p className="buttons">
          Remove version {version} for everybody?
          <button
            type="button"
            onClick={() => {
              setAsking(false)
              onRemove()
            }}
          >
            Remove
          </button>
          <button type="button" onClick={() => setAsking(false)}>
            Keep
          </button>
        </p>
      ) : (
        <button type="button" className="plain" onClick={() => setAsking(true)}>
          Remove version {version}…
        </button>
      )}
    </div>
  )
}
