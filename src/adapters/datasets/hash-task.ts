import { pickPairs } from '../../domain/dataset-entry.ts'
import type { PosedTask } from '../../domain/task.ts'
import { hashJson } from '../hash.ts'

/** What a task is known by under any name: the hash of its pairs, without whatever else a file says in them. */
export function hashTask(task: PosedTask): string {
  return hashJson(pickPairs(task))
}
