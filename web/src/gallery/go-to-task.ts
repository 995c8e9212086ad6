import type { TaskSummary } from '../../../src/api/documents.ts'
import { navigate } from '../address/navigate.ts'
import { plainView, type Filters, type View } from '../address/route.ts'

/** The list being stepped through, and the view of the next task; by default as published. */
interface Walk {
  readonly filters: Filters
  readonly view?: View
}

/** Opens a task. Does nothing if there is none. */
export function goToTask(task: Pick<TaskSummary, 'key'> | undefined, { filters, view = plainView }: Walk): void {
  if (task) navigate({ page: 'task', key: task.key, view, filters })
}

/** Any other task of a list. */
export function goToRandomTask(tasks: readonly TaskSummary[], walk: Walk, current?: string): void {
  const others = tasks.filter(({ key }) => key !== current)
  goToTask(others[Math.floor(Math.random() * others.length)], walk)
}
