import { readdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { z } from 'zod'
import type { Grid } from '../../src/domain/grids/grid.ts'
import type { TaskPairs } from '../../src/domain/tasks/task.ts'

/** The totals that their scorer computes for a folder. */
export interface HarnessScore {
  /** Sum over files of the share of test outputs matched, divided by the number of files. */
  readonly score: number
  readonly tasks: number
  readonly costUsd: number
  readonly totalTokens: number
  readonly seconds: number
  readonly emptyAttempts: number
}

const cell = z.int().min(0).max(9)
const grid = z.array(z.array(cell).min(1).max(30)).max(30)
const count = z.int().min(0)
const cost = z.number().min(0)

const attemptSchema = z.strictObject({
  answer: grid,
  correct: z.boolean(),
  metadata: z.strictObject({
    model: z.string(),
    provider: z.string(),
    start_timestamp: z.iso.datetime(),
    end_timestamp: z.iso.datetime(),
    choices: z.array(
      z.strictObject({ index: count, message: z.strictObject({ role: z.string(), content: z.string() }) }),
    ),
    kwargs: z.record(z.string(), z.unknown()),
    usage: z.strictObject({
      prompt_tokens: count,
      completion_tokens: count,
      total_tokens: count,
      completion_tokens_details: z.strictObject({
        reasoning_tokens: count,
        accepted_prediction_tokens: count,
        rejected_prediction_tokens: count,
      }),
    }),
    cost: z.strictObject({ prompt_cost: cost, completion_cost: cost, total_cost: cost }),
    task_id: z.string(),
    pair_index: count,
    test_id: z.string(),
  }),
})

/** A file of ARC Prize's harness (github.com/arcprize/arc-agi-benchmarking): exactly these fields, with these types. */
export const submissionSchema = z.array(z.strictObject({ attempt_1: attemptSchema, attempt_2: attemptSchema })).min(1)

/**
 * Scores a folder by the rules of ARC Prize's harness (`src/arc_agi_benchmarking/scoring/scoring.py` there): it reads every
 * `.json` file but `results.json`, takes the name without the extension as the task's id, and counts a pair as matched if either
 * attempt matches; for an empty answer it prints the content of the last choice, which fails if there is none.
 *
 * @param solutions the tasks by the names of their files
 * @throws {RangeError} when their scorer would end with an error
 */
export async function scoreSubmission(
  folder: string,
  solutions: ReadonlyMap<string, TaskPairs>,
): Promise<HarnessScore> {
  const sums = { score: 0, tasks: 0, costUsd: 0, totalTokens: 0, seconds: 0, emptyAttempts: 0 }
  for (const name of await readdir(folder)) {
    if (!name.endsWith('.json') || name === 'results.json') continue
    const pairs = submissionSchema.parse(JSON.parse(await readFile(join(folder, name), 'utf8')))
    const test = solutions.get(basename(name, '.json'))?.test
    if (test === undefined) throw new RangeError(`there is no solution called ${name}`)
    let matched = 0
    for (const { attempt_1, attempt_2 } of pairs) {
      const expected = test[attempt_1.metadata.pair_index]?.output
      if (expected === undefined) throw new RangeError(`${name} has no pair ${attempt_1.metadata.pair_index}`)
      const attempts = [attempt_1, attempt_2]
      for (const { answer, metadata } of attempts) {
        sums.costUsd += metadata.cost.total_cost
        sums.totalTokens += metadata.usage.total_tokens
        sums.seconds += (Date.parse(metadata.end_timestamp) - Date.parse(metadata.start_timestamp)) / 1000
        if (answer.length > 0) continue
        if (metadata.choices.length === 0) throw new RangeError(`${name}: list index out of range`)
        sums.emptyAttempts += 1
      }
      if (attempts.some(({ answer }) => isEqual(answer, expected))) matched += 1
    }
    sums.score += matched / test.length
    sums.tasks += 1
  }
  return { ...sums, score: sums.score / sums.tasks }
}

/** As Python compares lists. */
function isEqual(a: Grid, b: Grid): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
