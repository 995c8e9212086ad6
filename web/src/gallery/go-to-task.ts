import type { TaskSummary } from '../../../src/api/documents.ts'
import { navigate } from '../address/navigate.ts'
import { plainView, type Filters } from '../address/route.ts'

/** Opens a task as it was published, among those that filters leave. Nothing happens where there is none. */
export function goToTask(task: Pick<TaskSummary, 'key'> | undefined, filters: Filters): void {
  if (task) navigate({ page: 'task', key: task.key, view: plainView, filters })
}

/** Any other task of a list. */
export function goToRandomTask(tasks: readonly TaskSummary[], filters: Filters, current?: string): void {
  const others = tasks.filter(({ key }) => key !== current)
  goToTask(others[Math.floor(Math.random() * others.length)], filters)
}
