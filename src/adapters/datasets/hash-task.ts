import { pickPairs } from '../../domain/tasks/dataset-entry.ts'
import type { PosedTask } from '../../domain/tasks/task.ts'
import { hashJson } from '../files/hash.ts'

/** What a task is known by under any name: the hash of its pairs, without whatever else a file says in them. */
export function hashTask(task: PosedTask): string {
  return hashJson(pickPairs(task))
}
