import { useState } from 'react'
import type { TaskDocument } from '../../../src/api/documents.ts'
import { Link } from '../address/Link.tsx'
import { plainView, type Filters, type View } from '../address/route.ts'
import { addressOf, api } from '../data/api.ts'
import { refresh, useResource } from '../data/resources.ts'
import { useCatalogue } from '../parts/use-catalogue.ts'
import { useTitle } from '../parts/use-title.ts'
import { Desk } from './Desk.tsx'
import { TaskBar } from './TaskBar.tsx'

interface TaskPageProps {
  readonly taskKey: string
  readonly view: View
  readonly filters: Filters
}

export function TaskPage({ taskKey, view, filters }: TaskPageProps) {
  const task = useResource(addressOf(taskKey, view), () => api.readTask(taskKey, view))
  useTitle(taskKey)
  const value = useLast(taskKey, task.state === 'loading' ? undefined : task.value, task.state === 'loading')
  return (
    <main className="task" id="main">
      <TaskBar taskKey={taskKey} places={value?.places} view={view} filters={filters} />
      {value ? (
        <Desk key={value.key} task={value} taskKey={taskKey} view={view} filters={filters} />
      ) : task.state === 'failed' ? (
        <NotShown taskKey={taskKey} error={task.error} />
      ) : (
        <div className="desk waiting" aria-busy="true" />
      )}
    </main>
  )
}

/** An address of old may name an id that several tasks have now. */
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
      <button type="button" onClick={() => refresh('')}>
        Try again
      </button>
      <Link to={{ page: 'gallery', filters: {} }}>All tasks</Link>
    </section>
  )
}

/** While another view of the same task is on its way, the last one stays: it is a matter of milliseconds. */
function useLast(key: string, value: TaskDocument | undefined, isLoading: boolean): TaskDocument | undefined {
  const [last, setLast] = useState<{ readonly key: string; readonly value: TaskDocument }>()
  if (value && value !== last?.value) setLast({ key, value })
  return value ?? (isLoading && last?.key === key ? last.value : undefined)
}
