import { sameGrid } from './grid.ts'
import type { ItemRecord } from './record.ts'
import { selectAttempts } from './select-attempts.ts'
import type { TaskPairs } from './task.ts'

/** Whether every test output is matched by one of the attempts that were selected without seeing it. */
export function isSolved(record: ItemRecord, task: TaskPairs): boolean {
  const attempts = selectAttempts(record, task.train.length)
  return task.test.every(({ output }, test) => attempts[test]?.some((grid) => sameGrid(grid, output)) === true)
}
