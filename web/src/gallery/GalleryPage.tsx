import type { KeyboardEvent } from 'react'
import { navigate } from '../address/navigate.ts'
import type { Filters } from '../address/route.ts'
import { Failure } from '../parts/Failure.tsx'
import { useCatalogue, useSolved, useSolveRates } from '../parts/hooks/use-catalogue.ts'
import { useTitle } from '../parts/hooks/use-title.ts'
import { joinClasses } from '../parts/join-classes.ts'
import { describeRates } from './describe-rates.ts'
import { FilterBar } from './FilterBar.tsx'
import styles from './GalleryPage.module.css'
import { TaskCard } from './TaskCard.tsx'
import { useFilteredTasks } from './use-filtered-tasks.ts'

/** All tasks, each as a picture of its first train pair. */
export function GalleryPage({ filters }: { readonly filters: Filters }) {
  const catalogue = useCatalogue()
  const solved = useSolved()
  const rates = useSolveRates()
  const { tasks, matches, refusal } = useFilteredTasks(filters)
  useTitle('Tasks')

  if (catalogue.state === 'failed' && !tasks)
    return <Failure error={catalogue.error} title="The tasks cannot be shown" />
  return (
    <main className={styles.gallery} id="main">
      <h1 className="visually-hidden" tabIndex={-1}>
        Tasks
      </h1>
      <FilterBar filters={filters} tasks={tasks ?? []} matches={matches} />
      {catalogue.state === 'ready' && catalogue.value.faults.length > 0 && <Faults faults={catalogue.value.faults} />}
      {refusal !== undefined ? (
        <NothingFound words={refusal} />
      ) : matches === undefined ? (
        <Waiting />
      ) : matches.length === 0 ? (
        <Nothing filters={filters} hasTasks={(tasks ?? []).length > 0} />
      ) : (
        <ul className={styles.cards} onKeyDown={moveBetweenCards}>
          {matches.map((task) => (
            <TaskCard
              key={task.key}
              task={task}
              filters={filters}
              isSolved={solved.has(task.key)}
              rates={describeRates(rates, task.key)}
            />
          ))}
        </ul>
      )}
    </main>
  )
}

/** Arrows move between the cards as laid out; Tab moves through them one by one. */
function moveBetweenCards(event: KeyboardEvent<HTMLUListElement>): void {
  const links = [...event.currentTarget.querySelectorAll<HTMLAnchorElement>('a')]
  const at = links.findIndex((link) => link === document.activeElement)
  if (at < 0 || event.ctrlKey || event.metaKey || event.altKey) return
  const top = links[0]?.getBoundingClientRect().top
  const columns = Math.max(
    1,
    links.findIndex((link) => link.getBoundingClientRect().top !== top),
  )
  const steps: Record<string, number> = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns }
  const step = event.key === 'Home' ? -at : event.key === 'End' ? links.length - 1 - at : steps[event.key]
  const next = step === undefined ? undefined : links[at + step]
  if (!next) return
  event.preventDefault()
  next.focus()
}

function Waiting() {
  return (
    <ul className={styles.cards} aria-busy="true" aria-label="Loading tasks">
      {Array.from({ length: 24 }, (_, index) => (
        <li key={index} className={joinClasses(styles.card, styles.waiting, 'waiting')} />
      ))}
    </ul>
  )
}

function Nothing({ filters, hasTasks }: { readonly filters: Filters; readonly hasTasks: boolean }) {
  if (!hasTasks) {
    return (
      <section className="message">
        <h2>No tasks yet</h2>
        <p>
          Task files in <code>data/tasks</code> and in folders in <code>data/datasets</code> show up here.
        </p>
      </section>
    )
  }
  return filters.search ? (
    <NothingFound words={`No task that passes the other filters matches “${filters.search}”.`} />
  ) : (
    <NothingFound words="No task passes the filters." />
  )
}

function NothingFound({ words }: { readonly words: string }) {
  return (
    <section className="message">
      <h2>No matching tasks</h2>
      <p role="status">{words}</p>
      <button type="button" onClick={() => navigate({ page: 'gallery', filters: {} })}>
        Show all tasks
      </button>
    </section>
  )
}

function Faults({ faults }: { readonly faults: readonly string[] }) {
  return (
    <details className="notice">
      <summary>
        {faults.length === 1 ? 'One file could not be read' : `${faults.length} files could not be read`}
      </summary>
      <ul>
        {faults.map((fault) => (
          <li key={fault}>{fault}</li>
        ))}
      </ul>
    </details>
  )
}
