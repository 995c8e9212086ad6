import type { TaskSummary } from '../../../src/api/documents.ts'
import type { Filters } from '../address/route.ts'
import { useFilteredTasks } from '../gallery/use-filtered-tasks.ts'

export interface Neighbours {
  /** The tasks to step through: those that match the gallery's filters. */
  readonly tasks: readonly TaskSummary[]
  /** From 0; -1 if the filters no longer include this task, for example because it was just solved. */
  readonly at: number
  readonly previous: TaskSummary | undefined
  readonly next: TaskSummary | undefined
}

/** Steps through the gallery's order, wrapping round at its ends. */
export function useNeighbours(key: string, filters: Filters): Neighbours {
  const { matches: tasks = [] } = useFilteredTasks(filters)
  const at = tasks.findIndex((task) => task.key === key)
  return {
    tasks,
    at,
    previous: at < 0 ? tasks.at(-1) : tasks.at(at - 1),
    next: tasks[(at + 1) % Math.max(1, tasks.length)],
  }
}
