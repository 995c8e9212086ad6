import type { Extraction, Recipe, Reply } from '../recipes/recipe.ts'
import type { Answer } from './answer.ts'

/** Reads a stored answer by the current rules: how it was read before is not stored. */
export function extractStoredAnswer(
  recipe: Recipe,
  answer: Answer,
  readReply: (response: unknown) => Reply,
): Extraction {
  if (answer.rejected !== null) return { outcome: 'rejected', reasoning: '' }
  return recipe.extractAnswer(readReply(answer.response))
}
