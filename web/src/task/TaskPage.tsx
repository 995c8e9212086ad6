import { useState } from 'react'
import type { TaskDocument } from '../../../src/api/documents.ts'
import { Link } from '../address/Link.tsx'
import { plainView, type Filters, type View } from '../address/route.ts'
import { isMissing } from '../data/api-problem.ts'
import { addressOf, api } from '../data/api.ts'
import { refresh, useResource } from '../data/resources.ts'
import { useCatalogue } from '../parts/hooks/use-catalogue.ts'
import { useTitle } from '../parts/hooks/use-title.ts'
import { joinClasses } from '../parts/join-classes.ts'
import { Desk } from './Desk.tsx'
import { TaskBar } from './TaskBar.tsx'
import styles from './TaskPage.module.css'

interface TaskPageProps {
  readonly taskKey: string
  readonly view: View
  readonly filters: Filters
}

export function TaskPage({ taskKey, view, filters }: TaskPageProps) {
  const task = useResource(addressOf(taskKey, view), () => api.readTask(taskKey, view))
  useTitle(taskKey)
  const document = useLast(taskKey, view, task.state === 'loading' ? undefined : task.value, task.state === 'loading')
  return (
    <main className={styles.task} id="main">
      <TaskBar taskKey={taskKey} places={document?.task.places} view={view} filters={filters} />
      {document ? (
        <Desk
          key={document.task.key}
          task={document.task}
          drawnFor={document.view}
          taskKey={taskKey}
          view={view}
          filters={filters}
        />
      ) : task.state === 'failed' ? (
        <NotShown taskKey={taskKey} error={task.error} />
      ) : (
        <div className={joinClasses(styles.waiting, 'waiting')} aria-busy="true" />
      )}
    </main>
  )
}

/** An old address may name an id that several tasks now share. */
function NotShown({ taskKey, error }: { readonly taskKey: string; readonly error: Error }) {
  const catalogue = useCatalogue()
  const tasks = catalogue.state === 'loading' ? [] : (catalogue.value?.tasks ?? [])
  return (
    <section className="message">
      <h2>This task cannot be shown</h2>
      <p role="alert">{error.message}</p>
      <ul>
        {tasks
          .filter((task) => task.task_id === taskKey && task.key !== taskKey)
          .map(({ key, places }) => (
            <li key={key}>
              <Link to={{ page: 'task', key, view: plainView, filters: {} }}>{key}</Link>{' '}
              {places.map(({ dataset, split }) => `${dataset} · ${split}`).join(', ')}
            </li>
          ))}
      </ul>
      {!isMissing(error) && (
        <button type="button" onClick={() => refresh('')}>
          Try again
        </button>
      )}
      <Link to={{ page: 'gallery', filters: {} }}>All tasks</Link>
    </section>
  )
}

interface Shown {
  readonly task: TaskDocument
  readonly view: View
}

/** While another view of the same task loads, the last one stays: it takes only milliseconds. */
function useLast(key: string, view: View, task: TaskDocument | undefined, isLoading: boolean): Shown | undefined {
  const [last, setLast] = useState<Shown & { readonly key: string }>()
  if (task && task !== last?.task) setLast({ key, task, view })
  if (task) return { task, view }
  return isLoading && last?.key === key ? last : undefined
}
