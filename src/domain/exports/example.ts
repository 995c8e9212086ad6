import { sameGrid } from '../grids/grid.ts'
import type { Item } from '../tasks/item.ts'
import type { AnsweredCall } from '../answers/read-calls.ts'
import { chosenRound, isCorrectOnTests, type ItemRecord, type RoundRecord, type SampleRecord } from '../runs/record.ts'
import type { Recipe } from '../recipes/recipe.ts'

/** What a model can learn from: one request with its answer, and what came of it. Of later rounds the one that stands for its sample. */
export interface Example {
  readonly item: Item
  /** 0-based, below best-of N. */
  readonly sample: number
  readonly round: RoundRecord
  readonly call: AnsweredCall
  /** Null where no program was asked for. */
  readonly trainCorrect: boolean | null
  /** Whether all test outputs are right; of a request about one test input whether that one is. Null where nothing can be compared. */
  readonly testCorrect: boolean | null
}

/**
 * The examples of one recorded item, in the order of its samples: one a sample, or one per test input where these are asked for
 * one by one.
 *
 * @param calls per sample of the record the requests of its chosen round
 */
export function listExamples(
  { asksFor }: Pick<Recipe, 'asksFor'>,
  record: ItemRecord,
  item: Item,
  calls: readonly (readonly AnsweredCall[])[],
): Example[] {
  return record.samples.flatMap((sample, index) => {
    const round = chosenRound(sample)
    return (calls[index] ?? []).map((call) => ({
      item,
      sample: index,
      round,
      call,
      trainCorrect: asksFor === 'program' ? (round.run?.train_correct ?? false) : null,
      testCorrect: asksFor === 'explanation' ? null : isRight(sample, item, call),
    }))
  })
}

function isRight(sample: SampleRecord, item: Item, { answer, grid }: AnsweredCall): boolean {
  const { test_pair } = answer.question
  if (test_pair === null) return isCorrectOnTests(sample, item)
  const expected = item.test[test_pair]?.output
  return grid !== undefined && expected !== undefined && sameGrid(grid, expected)
}
