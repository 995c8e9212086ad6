import type { VersionSummary } from '../../../../src/api/documents.ts'
import type { Filters, View } from '../../address/route.ts'
import { useCatalogue } from '../../parts/use-catalogue.ts'
import { store, useStored } from '../../preferences/stored.ts'
import styles from '../Panel.module.css'
import { TraceList } from './TraceList.tsx'

interface TracesPanelProps {
  readonly taskKey: string
  readonly versions: readonly VersionSummary[]
  readonly view: View
  readonly filters: Filters
}

/** What people and models wrote about the task. It gives away the rule, so it is neither shown nor loaded until requested. */
export function TracesPanel({ taskKey, versions, view, filters }: TracesPanelProps) {
  const isOpen = useStored('traces') === 'open'
  const catalogue = useCatalogue()
  const tasks = catalogue.state === 'loading' ? [] : (catalogue.value?.tasks ?? [])
  const count = tasks.find(({ key }) => key === taskKey)?.traces ?? 0
  return (
    <section className={styles.panel} aria-label="Traces">
      <div className={styles.panelHead}>
        <h2>Traces{count > 0 && ` (${count})`}</h2>
        <button type="button" aria-expanded={isOpen} onClick={() => store('traces', isOpen ? 'closed' : 'open')}>
          {isOpen ? 'Hide' : 'Show'}
        </button>
        <span className="spacer" />
        <a href="/api/export/tasks-with-traces.json" download>
          Download tasks with traces
        </a>
      </div>
      {isOpen ? (
        <TraceList taskKey={taskKey} versions={versions} view={view} filters={filters} />
      ) : (
        <p className="hint">What people and models wrote about this task. It may give the rule away.</p>
      )}
    </section>
  )
}
