import { pickPairs } from '../../domain/tasks/dataset-entry.ts'
import type { PosedTask } from '../../domain/tasks/task.ts'
import { hashJson } from '../files/hash.ts'

/** Identifies a task under any name: the hash of its pairs, ignoring all other fields. */
export function hashTask(task: PosedTask): string {
  return hashJson(pickPairs(task))
}
