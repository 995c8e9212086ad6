import type { Extraction, Recipe, Reply } from '../recipes/recipe.ts'
import type { Answer } from './answer.ts'

/** Reads a stored answer by today's rules: nothing of how it was read is kept with it. */
export function extractStoredAnswer(
  recipe: Recipe,
  answer: Answer,
  readReply: (response: unknown) => Reply,
): Extraction {
  if (answer.rejected !== null) return { outcome: 'rejected', reasoning: '' }
  return recipe.extractAnswer(readReply(answer.response))
}
