import { Fragment } from 'react'
import { count } from '../../../src/domain/count.ts'
import { navigate } from '../address/navigate.ts'
import type { RunsView } from '../address/run-views.ts'
import type { RunGroup } from './arrange-runs.ts'
import { RunRow } from './RunRow.tsx'
import styles from './RunTable.module.css'

interface RunTableProps {
  /** Undefined while loading. */
  readonly groups: readonly RunGroup[] | undefined
  readonly view: RunsView
}

/** Runs as rows. Runs of several models that were started together share one row, which expands. */
export function RunTable({ groups, view }: RunTableProps) {
  return (
    <table className={styles.table} aria-busy={groups === undefined}>
      <thead>
        <tr>
          <th scope="col">
            <span className="visually-hidden">Compare</span>
          </th>
          <th scope="col">Run</th>
          <th scope="col" className={styles.wide}>
            Dataset
          </th>
          <th scope="col">State</th>
          <th scope="col" title="ARC Prize's leaderboard score with its 95 % interval">
            Score
          </th>
          <th scope="col" className={styles.number}>
            Cost
          </th>
          <th scope="col" className={`${styles.number} ${styles.wide}`}>
            Time
          </th>
        </tr>
      </thead>
      <tbody>
        {groups?.map((group) =>
          group.runs.length === 1 ? (
            group.runs.map((run) => <RunRow key={run.run_id} run={run} view={view} />)
          ) : (
            <Fragment key={group.name}>
              <GroupRow group={group} view={view} />
              {view.open?.includes(group.name) &&
                group.runs.map((run) => <RunRow key={run.run_id} run={run} view={view} isMember />)}
            </Fragment>
          ),
        )}
      </tbody>
    </table>
  )
}

function GroupRow({ group, view }: { readonly group: RunGroup; readonly view: RunsView }) {
  const { open = [], ...others } = view
  const isOpen = open.includes(group.name)
  const after = isOpen ? open.filter((name) => name !== group.name) : [...open, group.name]
  const openRuns = group.runs.filter(({ state }) => state === 'running' || state === 'paused').length
  const models = group.runs.map(({ model, run_id }) => model ?? run_id)
  return (
    <tr className={styles.group}>
      <td colSpan={7}>
        <button
          type="button"
          className={styles.opener}
          aria-expanded={isOpen}
          onClick={() => navigate({ page: 'runs', view: { ...others, open: after } }, { replace: true })}
        >
          <span className={styles.triangle} aria-hidden="true" />
          <b>{group.name}</b> {count(group.runs.length, 'model')}
          {openRuns > 0 && `, ${openRuns} not ended`}
        </button>
        <span className={styles.models}>{models.join(', ')}</span>
      </td>
    </tr>
  )
}
