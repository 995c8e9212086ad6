import { sameGrid } from '../grids/grid.ts'
import type { ItemRecord } from '../runs/record.ts'
import type { TaskPairs } from '../tasks/task.ts'
import { selectAttempts } from './select-attempts.ts'
import type { SelectionRule } from './selection-rule.ts'

/** Per test output whether one of the attempts matches it that were selected without seeing it. */
export function matchTestOutputs(record: ItemRecord, task: TaskPairs, rule?: SelectionRule): boolean[] {
  const attempts = selectAttempts(record, task, rule)
  return task.test.map(({ output }, test) => attempts[test]?.some((grid) => sameGrid(grid, output)) === true)
}
