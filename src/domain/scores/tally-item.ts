import { sameGrid, type Grid } from '../grids/grid.ts'
import { isCorrectOnTests, listTestOutputs, type ItemRecord } from '../runs/record.ts'
import { matchTestOutputs } from '../selection/match-test-outputs.ts'
import type { SelectionRule } from '../selection/selection-rule.ts'
import type { ItemReference } from '../tasks/item.ts'
import type { TaskPairs } from '../tasks/task.ts'

/** What scores take from one item: small, so that the tallies of a large run fit in memory. */
export interface ItemTally {
  readonly dataset: string
  readonly split: string
  readonly recorded: boolean
  /** Test outputs of the task. */
  readonly outputs: number
  /** Those matched by either of the two attempts selected for them. */
  readonly matched: number
  /** Those given by any sample, chosen or not. */
  readonly given: number
  /** Samples right on all test outputs. */
  readonly right: number
}

/**
 * What became of a task, and whose fault it is where it is unsolved: of generation, where some test output was given by no
 * sample at all, or of selection, where a better choice among what was given would have solved it.
 */
export type Resolution = 'solved' | 'right-not-chosen' | 'no-right-candidate' | 'not-recorded'

/** @param record undefined for an item that is not recorded: it counts as wrong in every score */
export function tallyItem(
  { dataset, split }: Pick<ItemReference, 'dataset' | 'split'>,
  task: TaskPairs,
  record: ItemRecord | undefined,
  rule?: SelectionRule,
): ItemTally {
  const outputs = task.test.length
  if (record === undefined) return { dataset, split, recorded: false, outputs, matched: 0, given: 0, right: 0 }
  const answers = record.samples.map((sample) => listTestOutputs(sample, task))
  const isGiven = (output: Grid, test: number) => answers.some((grids) => sameGrid(grids[test] ?? [], output))
  return {
    dataset,
    split,
    recorded: true,
    outputs,
    matched: matchTestOutputs(record, task, rule).filter(Boolean).length,
    given: task.test.filter(({ output }, test) => isGiven(output, test)).length,
    right: record.samples.filter((sample) => isCorrectOnTests(sample, task)).length,
  }
}

export function resolveItem({ recorded, outputs, matched, given }: ItemTally): Resolution {
  if (!recorded) return 'not-recorded'
  if (matched === outputs) return 'solved'
  return given === outputs ? 'right-not-chosen' : 'no-right-candidate'
}
