import { findCopiedOutputs } from '../domain/evidence/find-copied-outputs.ts'
import { measureLiteralData } from '../domain/evidence/measure-literal-data.ts'
import { addCost, addUsage, noUsage, type Usage } from '../domain/models/usage.ts'
import { chosenRound, type ItemRecord } from '../domain/runs/record.ts'
import { resolveItem, tallyItem, type Resolution } from '../domain/scores/tally-item.ts'
import type { ItemReference } from '../domain/tasks/item.ts'
import type { TaskPairs } from '../domain/tasks/task.ts'

/** What a report says about one item: small, because a run has many. */
export interface TaskRow {
  readonly item: string
  readonly task_id: string
  readonly version: number
  readonly dataset: string
  readonly split: string
  /** Null in a run that gives no grids. */
  readonly resolution: Resolution | null
  /** Test outputs, and those matched by either of two attempts. */
  readonly outputs: number
  readonly matched: number
  /** Samples recorded; right on all test outputs; passing all train pairs. */
  readonly samples: number
  readonly right: number
  readonly train_correct: number
  /** Programs by verdict. */
  readonly verdicts: Readonly<Record<string, number>>
  /** Time of model and programs together, over all samples and rounds. */
  readonly seconds: number
  /** Null if unknown for one answer. */
  readonly completion_tokens: number | null
  /** Cost of the stored answers; null if one has no known price. */
  readonly cost_usd: number | null
  readonly train_pairs: number
  /** Cells of the task's largest grid. */
  readonly largest_grid: number
  /** Programs containing a train or test output, and those containing a test output. */
  readonly copying: number
  readonly copying_test: number
  /** Programs with as much data as a table of the train outputs. */
  readonly tables: number
  /** Programs that gave another answer when run again. */
  readonly nondeterministic: number
}

/** @param judged whether the run gives grids, which are right or wrong */
export function describeTask(
  item: ItemReference,
  task: TaskPairs,
  record: ItemRecord | undefined,
  judged: boolean,
): TaskRow {
  const tally = tallyItem(item, task, record)
  const samples = record?.samples ?? []
  const chosen = samples.map(chosenRound)
  const rounds = samples.flatMap((sample) => sample.rounds)
  // Samples often agree, so each distinct program is examined once.
  const copies = new Map(
    [...new Set(chosen.map(({ program }) => program ?? ''))].map((program) => [
      program,
      { copied: findCopiedOutputs(program, task), isTable: measureLiteralData(program, task).isTable },
    ]),
  )
  const evidence = chosen.flatMap(({ program }) => copies.get(program ?? '') ?? [])
  const grids = [...task.train, ...task.test].flatMap(({ input, output }) => [input, output])
  return {
    item: item.key,
    task_id: item.task_id,
    version: item.version,
    dataset: item.dataset,
    split: item.split,
    resolution: judged ? resolveItem(tally) : null,
    outputs: tally.outputs,
    matched: tally.matched,
    samples: samples.length,
    right: tally.right,
    train_correct: chosen.filter(({ run }) => run?.train_correct === true).length,
    verdicts: countBy(chosen.flatMap(({ run }) => run?.verdict ?? [])),
    seconds: rounds.reduce((sum, round) => sum + round.time_seconds + (round.run?.wall_seconds ?? 0), 0),
    completion_tokens: rounds.reduce<Usage>((sum, { usage }) => addUsage(sum, usage), noUsage).completion_tokens,
    cost_usd: rounds.reduce<number | null>((sum, { cost_usd }) => addCost(sum, cost_usd), 0),
    train_pairs: task.train.length,
    largest_grid: Math.max(...grids.map((grid) => grid.length * (grid[0]?.length ?? 0))),
    copying: evidence.filter(({ copied }) => copied.length > 0).length,
    copying_test: evidence.filter(({ copied }) => copied.some(({ pair }) => pair.startsWith('test'))).length,
    tables: evidence.filter(({ isTable }) => isTable).length,
    nondeterministic: chosen.filter(({ run }) => run?.deterministic === false).length,
  }
}

function countBy(names: readonly string[]): Record<string, number> {
  return Object.fromEntries([...Map.groupBy(names, (name) => name)].map(([name, members]) => [name, members.length]))
}
