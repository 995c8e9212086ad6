import type { ItemRecord } from '../runs/record.ts'
import { matchTestOutputs } from '../selection/match-test-outputs.ts'
import type { TaskPairs } from '../tasks/task.ts'

/** Whether every test output is matched by one of the attempts, which were selected without seeing it. */
export function isSolved(record: ItemRecord, task: TaskPairs): boolean {
  return matchTestOutputs(record, task).every(Boolean)
}
