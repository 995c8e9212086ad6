import type { AnsweredCall } from '../answers/read-calls.ts'
import { findCopiedOutputs, type CopiedOutput } from '../evidence/find-copied-outputs.ts'
import { sameGrid } from '../grids/grid.ts'
import type { Recipe } from '../recipes/recipe.ts'
import { chosenRound, isCorrectOnTests, type ItemRecord, type RoundRecord, type SampleRecord } from '../runs/record.ts'
import type { Item } from '../tasks/item.ts'

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
  /** The outputs of the task that its program has written out. Computed when first asked for, once per program of the item. */
  readonly copiedOutputs: () => readonly CopiedOutput[]
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
  const findCopies = createCopyFinder(item)
  return record.samples.flatMap((sample, index) => {
    const round = chosenRound(sample)
    return (calls[index] ?? []).map((call) => ({
      item,
      sample: index,
      round,
      call,
      trainCorrect: asksFor === 'program' ? (round.run?.train_correct ?? false) : null,
      testCorrect: asksFor === 'explanation' ? null : isRight(sample, item, call),
      copiedOutputs: () => findCopies(round.program),
    }))
  })
}

/** Samples often agree, so each distinct program is searched once. */
function createCopyFinder(item: Item) {
  const copies = new Map<string, readonly CopiedOutput[]>()
  return function findCopies(program: string | null): readonly CopiedOutput[] {
    if (program === null) return []
    const known = copies.get(program)
    if (known !== undefined) return known
    const fresh = findCopiedOutputs(program, item)
    copies.set(program, fresh)
    return fresh
  }
}

function isRight(sample: SampleRecord, item: Item, { answer, grid }: AnsweredCall): boolean {
  const { test_pair } = answer.question
  if (test_pair === null) return isCorrectOnTests(sample, item)
  const expected = item.test[test_pair]?.output
  return grid !== undefined && expected !== undefined && sameGrid(grid, expected)
}
