import { useRef, useState } from 'react'
import type { Place } from '../../../src/api/documents.ts'
import { Link } from '../address/Link.tsx'
import { plainView, type Filters, type View } from '../address/route.ts'
import { findMeant } from '../gallery/filter-tasks.ts'
import { goToRandomTask, goToTask } from '../gallery/go-to-task.ts'
import { useMayAct } from '../parts/hooks/use-acting.ts'
import { useKeys } from '../parts/hooks/use-keys.ts'
import styles from './TaskBar.module.css'
import { useNeighbours } from './use-neighbours.ts'

interface TaskBarProps {
  readonly taskKey: string
  readonly places: readonly Place[] | undefined
  readonly view: View
  readonly filters: Filters
}

/** Names the task, and leads to others: previous, next, random, by id or number. */
export function TaskBar({ taskKey, places = [], view, filters }: TaskBarProps) {
  const { tasks, at, previous, next } = useNeighbours(taskKey, filters)
  const mayAct = useMayAct()
  const [wanted, setWanted] = useState('')
  /** What was typed last, if it names no task. */
  const [unknown, setUnknown] = useState('')
  const field = useRef<HTMLInputElement>(null)
  const walk = { filters, view: lookAtNext(view, filters) }
  const goRandom = () => goToRandomTask(tasks, walk, taskKey)
  useKeys((event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const key = event.key.toLowerCase()
    if (key === 'n') goToTask(next, walk)
    else if (key === 'p') goToTask(previous, walk)
    else if (key === 'x') goRandom()
    else if (key === 'g') field.current?.focus()
    else return
    event.preventDefault()
  })
  const where = places.map(({ dataset, split }) => `${dataset} · ${split}`).join(', ')
  const linkTo = (key: string) => ({ page: 'task', key, ...walk }) as const
  return (
    <div className={styles.taskBar}>
      <h1 className={styles.taskName} aria-live="polite" tabIndex={-1}>
        {taskKey}
      </h1>
      <span className={styles.taskPlace} title={where}>
        {where}
      </span>
      {mayAct && (
        <Link to={{ page: 'discuss', key: taskKey, view }} className={styles.discuss}>
          Discuss
        </Link>
      )}
      <span className="spacer" />
      <nav className={styles.taskWalk} aria-label="Tasks">
        {previous && (
          <Link to={linkTo(previous.key)} className="button" title="Previous task (P)" aria-keyshortcuts="P">
            ← Previous
          </Link>
        )}
        <span className={styles.taskNumber}>{at < 0 ? `– of ${tasks.length}` : `${at + 1} of ${tasks.length}`}</span>
        {next && (
          <Link to={linkTo(next.key)} className="button" title="Next task (N)" aria-keyshortcuts="N">
            Next →
          </Link>
        )}
        <button type="button" onClick={goRandom} title="A random task (X)" aria-keyshortcuts="X">
          Random
        </button>
      </nav>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          const meant = findMeant(tasks, wanted)
          if (!meant) return setUnknown(wanted.trim())
          setWanted('')
          field.current?.blur()
          goToTask(meant, walk)
        }}
      >
        <input
          ref={field}
          className={styles.goTo}
          placeholder="Go to id or number"
          aria-label="Go to a task by id or number"
          aria-keyshortcuts="G"
          title="G"
          value={wanted}
          onChange={(event) => {
            setWanted(event.target.value)
            setUnknown('')
          }}
          aria-invalid={unknown !== ''}
          onKeyDown={(event) => event.key === 'Escape' && event.currentTarget.blur()}
        />
      </form>
      {unknown !== '' && (
        <p className={styles.unknown} role="alert">
          No task “{unknown}” in this list. Type an id, its beginning, or a number from 1 to {tasks.length}.
        </p>
      )}
    </div>
  )
}

/** People who step through what a run solved or missed, and look at its samples, see the next task's sample too. */
function lookAtNext({ sample }: View, { by }: Filters): View {
  return sample && sample.run === by?.run ? { ...plainView, sample: { run: sample.run, index: 0 } } : plainView
}
