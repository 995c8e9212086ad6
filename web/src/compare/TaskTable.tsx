import { useState } from 'react'
import type { CompareDocument } from '../../../src/api/documents.ts'
import type { CompareView } from '../address/difference-views.ts'
import { Link } from '../address/Link.tsx'
import { change, nameSplit, type CompareRoute } from './change-view.ts'
import { OpenTask } from './OpenTask.tsx'
import { shortenNames } from './shorten-names.ts'
import tableStyles from './table.module.css'
import styles from './TaskTable.module.css'

type DifferingTask = CompareDocument['tasks'][number]

interface TaskTableProps {
  readonly route: CompareRoute
  readonly document: CompareDocument
}

/** Rows drawn initially. */
const maxRows = 200

/** The tasks on which the runs differ. A click on one opens all runs' grids for it. */
export function TaskTable({ route, document }: TaskTableProps) {
  const [isWhole, setWhole] = useState(false)
  const { solved, missed, within } = route.view ?? {}
  const isFiltered = (solved ?? missed ?? within) !== undefined
  const runs = document.comparison.runs.map(({ run_id }) => run_id)
  const names = shortenNames(runs)
  const matches = document.tasks.filter(
    (task) =>
      (within === undefined || nameSplit(task) === within) &&
      hasSolved(task, runs, solved, true) &&
      hasSolved(task, runs, missed, false),
  )
  const visible = isWhole ? matches : matches.slice(0, maxRows)
  return (
    <section className={styles.tasks} aria-label="Tasks on which they differ">
      <h2>
        Tasks on which they differ{' '}
        <span className="hint">{describeFilter(matches.length, document, route.view ?? {})}</span>
      </h2>
      {isFiltered && (
        <Link to={change(route, { solved: undefined, missed: undefined, within: undefined })}>
          Show all tasks on which they differ
        </Link>
      )}
      {visible.length > 0 && (
        <div className={tableStyles.scroller}>
          <table className={tableStyles.table}>
            <thead>
              <tr>
                <th scope="col">Task</th>
                {runs.map((run) => (
                  <th key={run} scope="col" title={run}>
                    {names.get(run)}
                  </th>
                ))}
              </tr>
            </thead>
            {visible.map((task) => (
              <TaskRows key={task.runs[0]?.item} route={route} runs={runs} task={task} />
            ))}
          </table>
        </div>
      )}
      {matches.length > visible.length && (
        <button type="button" onClick={() => setWhole(true)}>
          Show the other {matches.length - visible.length}
        </button>
      )}
    </section>
  )
}

interface TaskRowsProps {
  readonly route: CompareRoute
  readonly runs: readonly string[]
  readonly task: DifferingTask
}

function TaskRows({ route, runs, task }: TaskRowsProps) {
  const item = task.runs[0]?.item
  const isOpen = item !== undefined && route.view?.open === item
  return (
    <tbody>
      <tr>
        <th scope="row">
          <Link to={change(route, { open: isOpen ? undefined : item })} aria-expanded={isOpen} role="button">
            {task.name}
          </Link>
        </th>
        {task.runs.map(({ matched, recorded, right }, index) => (
          <td key={runs[index]} className={matched === task.outputs ? styles.right : styles.wrong}>
            {matched === task.outputs ? '✓ solved' : recorded ? describeMiss(matched, task.outputs) : 'not recorded'}
            {matched < task.outputs && right > 0 && <span className="hint"> right, not selected: {right}</span>}
          </td>
        ))}
      </tr>
      {isOpen && (
        <tr>
          <td colSpan={runs.length + 1}>
            <OpenTask route={route} runs={runs} task={task} />
          </td>
        </tr>
      )}
    </tbody>
  )
}

function describeMiss(matched: number, outputs: number): string {
  return outputs === 1 ? '✗ missed' : `✗ ${matched} of ${outputs} outputs`
}

function hasSolved(task: DifferingTask, runs: readonly string[], run: string | undefined, solved: boolean): boolean {
  if (run === undefined) return true
  const made = task.runs[runs.indexOf(run)]
  return made !== undefined && (made.matched === task.outputs) === solved
}

function describeFilter(matching: number, { tasks }: CompareDocument, { solved, missed, within }: CompareView): string {
  const words = [solved && `${solved} solved`, missed && `${missed} did not`, within && `of ${within}`]
    .filter(Boolean)
    .join(', ')
  if (words === '') return String(tasks.length)
  return `${matching} of ${tasks.length}: ${words}`
}
