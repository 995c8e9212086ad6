import type { AnsweredCall } from '../answers/read-calls.ts'
import { findCopiedOutputs, type CopiedOutput } from '../evidence/find-copied-outputs.ts'
import { sameGrid } from '../grids/grid.ts'
import type { Recipe } from '../recipes/recipe.ts'
import { chosenRound, isCorrectOnTests, type ItemRecord, type RoundRecord, type SampleRecord } from '../runs/record.ts'
import type { Item } from '../tasks/item.ts'

/** Training material: one request with its answer and result. With several rounds, the one selected for the sample. */
export interface Example {
  readonly item: Item
  /** 0-based, below best-of N. */
  readonly sample: number
  readonly round: RoundRecord
  readonly call: AnsweredCall
  /** Null if no program was asked for. */
  readonly trainCorrect: boolean | null
  /** Whether all test outputs are right; for a request about one test input, whether that one is. Null if nothing can be compared. */
  readonly testCorrect: boolean | null
  /** The outputs of the task that are written into its program. Computed on first use, once per program of the item. */
  readonly copiedOutputs: () => readonly CopiedOutput[]
}

/**
 * The examples of one recorded item, in the order of its samples: one per sample, or one per test input if these are asked
 * separately.
 *
 * @param calls per sample of the record, the requests of its selected round
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
    const cached = copies.get(program)
    if (cached !== undefined) return cached
    const found = findCopiedOutputs(program, item)
    copies.set(program, found)
    return found
  }
}

function isRight(sample: SampleRecord, item: Item, { answer, grid }: AnsweredCall): boolean {
  const { test_pair } = answer.question
  if (test_pair === null) return isCorrectOnTests(sample, item)
  const expected = item.test[test_pair]?.output
  return grid !== undefined && expected !== undefined && sameGrid(grid, expected)
}
