import type { Recipe, Reply } from '../recipes/recipe.ts'
import type { RoundRecord } from '../runs/record.ts'
import type { Answer } from './answer.ts'
import { extractStoredAnswer } from './extract-stored-answer.ts'

/** What a round's answers say, by the current rules. */
export type ReadRound = Pick<RoundRecord, 'outcomes' | 'program' | 'grids'>

/** @param answers of one round, in the order of the test inputs if there is one for each */
export function readRound(
  recipe: Recipe,
  answers: readonly Answer[],
  readReply: (response: unknown) => Reply,
): ReadRound {
  const extractions = answers.map((answer) => extractStoredAnswer(recipe, answer, readReply))
  return {
    outcomes: extractions.map((extraction) => extraction.outcome),
    program: extractions.find((extraction) => extraction.program !== undefined)?.program ?? null,
    ...(recipe.asksPerTestInput && { grids: extractions.map((extraction) => extraction.grid ?? null) }),
  }
}
