import type { Filters, View } from '../../address/route.ts'
import { store, useStored } from '../../preferences/stored.ts'
import styles from '../Panel.module.css'
import { RunList } from './RunList.tsx'

interface RunsPanelProps {
  readonly taskKey: string
  readonly view: View
  readonly filters: Filters
}

/** Runs with this task. Their grids may give away its answer, so they are neither shown nor loaded until requested. */
export function RunsPanel({ taskKey, view, filters }: RunsPanelProps) {
  const isOpen = useStored('runs') === 'open'
  return (
    <section className={styles.panel} aria-label="Runs">
      <div className={styles.panelHead}>
        <h2>Runs</h2>
        <button type="button" aria-expanded={isOpen} onClick={() => store('runs', isOpen ? 'closed' : 'open')}>
          {isOpen ? 'Hide' : 'Show'}
        </button>
      </div>
      {isOpen ? (
        <RunList taskKey={taskKey} view={view} filters={filters} />
      ) : (
        <p className="hint">What models answered for this task. It may give the answer away.</p>
      )}
    </section>
  )
}
