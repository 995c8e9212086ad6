import { count } from '../domain/count.ts'
import type { Task } from '../domain/tasks/task.ts'
import { UsageError } from '../domain/usage-error.ts'
import type { TaskRange } from './parse-values.ts'

export interface TaskChoice {
  readonly maxTasks?: number
  readonly tasks?: TaskRange
  readonly taskIds?: readonly string[]
}

/** Selects the tasks that the flags ask for, in the datasets' order; with ids, in the order of the ids. */
export function chooseTasks(all: readonly Task[], choice: TaskChoice): Task[] {
  checkTaskChoice(choice)
  const { maxTasks, tasks: range, taskIds } = choice
  if (taskIds) return taskIds.flatMap((id) => findTask(all, id))
  if (range && range.start >= all.length) {
    throw new UsageError(
      all.length === 1
        ? `--tasks begins at ${range.start}, but there is 1 task, number 0.`
        : `--tasks begins at ${range.start}, but there are ${count(all.length, 'task')} (0 to ${all.length - 1}).`,
    )
  }
  return range ? all.slice(range.start, range.end) : all.slice(0, maxTasks)
}

/** What can be checked without the tasks. */
export function checkTaskChoice({ maxTasks, tasks, taskIds }: TaskChoice): void {
  const selections = [maxTasks, tasks, taskIds].filter((flag) => flag !== undefined)
  if (selections.length > 1) throw new UsageError('Only one of --max-tasks, --tasks and --task-ids can be given.')
}

function findTask(all: readonly Task[], id: string): Task[] {
  const matches = all.filter((task) => task.taskId === id)
  if (matches.length > 0) return matches
  const near = all.filter((task) => task.taskId.startsWith(id.slice(0, 3))).slice(0, 3)
  const hint = near.length > 0 ? ` Did you mean: ${near.map((task) => task.taskId).join(', ')}?` : ''
  throw new UsageError(`--task-ids: "${id}" is not among the ${count(all.length, 'task')} of the dataset.${hint}`)
}
