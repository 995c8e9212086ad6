import { hashTask } from '../adapters/datasets/hash-task.ts'
import type { ItemReference } from '../domain/tasks/item.ts'
import type { Task } from '../domain/tasks/task.ts'

/** What a run stores of a task in addition to its pairs. */
export function referToTask(task: Task): Omit<ItemReference, 'key'> {
  const { taskId, version, dataset, split, derivedFrom } = task
  const reference = { task_id: taskId, version, hash: hashTask(task), dataset, split }
  return derivedFrom === undefined ? reference : { ...reference, derived_from: derivedFrom }
}
