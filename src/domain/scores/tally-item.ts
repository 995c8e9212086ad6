import { sameGrid, type Grid } from '../grids/grid.ts'
import { isCorrectOnTests, listTestOutputs, type ItemRecord } from '../runs/record.ts'
import { matchTestOutputs } from '../selection/match-test-outputs.ts'
import type { SelectionRule } from '../selection/selection-rule.ts'
import type { ItemReference } from '../tasks/item.ts'
import type { TaskPairs } from '../tasks/task.ts'

/** What scores need from one item: small, so that the tallies of a large run fit in memory. */
export interface ItemTally {
  readonly dataset: string
  readonly split: string
  readonly recorded: boolean
  /** Test outputs of the task. */
  readonly outputs: number
  /** Test outputs matched by either of the two selected attempts. */
  readonly matched: number
  /** Test outputs given by any sample, selected or not. */
  readonly outputsInCandidates: number
  /** Samples right on all test outputs. */
  readonly right: number
}

/**
 * Whether a task was solved and, if not, what failed: generation, if no sample gave some test output,
 * or selection, if a better selection from the candidates would have solved it.
 */
export type Resolution = 'solved' | 'right-not-chosen' | 'no-right-candidate' | 'not-recorded'

/** @param record undefined for an item without a record: it counts as wrong in every score */
export function tallyItem(
  { dataset, split }: Pick<ItemReference, 'dataset' | 'split'>,
  task: TaskPairs,
  record: ItemRecord | undefined,
  rule?: SelectionRule,
): ItemTally {
  const outputs = task.test.length
  if (record === undefined)
    return { dataset, split, recorded: false, outputs, matched: 0, outputsInCandidates: 0, right: 0 }
  const answers = record.samples.map((sample) => listTestOutputs(sample, task))
  const isGiven = (output: Grid, test: number) => answers.some((grids) => sameGrid(grids[test] ?? [], output))
  return {
    dataset,
    split,
    recorded: true,
    outputs,
    matched: matchTestOutputs(record, task, rule).filter(Boolean).length,
    outputsInCandidates: task.test.filter(({ output }, test) => isGiven(output, test)).length,
    right: record.samples.filter((sample) => isCorrectOnTests(sample, task)).length,
  }
}

export function resolveItem({ recorded, outputs, matched, outputsInCandidates }: ItemTally): Resolution {
  if (!recorded) return 'not-recorded'
  if (matched === outputs) return 'solved'
  return outputsInCandidates === outputs ? 'right-not-chosen' : 'no-right-candidate'
}
