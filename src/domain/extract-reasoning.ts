import { findAnswerStart, splitLines } from './find-answer-start.ts'
import { findEnding } from './find-ending.ts'
import { findReasoningFlaw } from './find-reasoning-flaw.ts'
import { joinAround } from './join-around.ts'
import type { Extraction, Reply } from './recipes/recipe.ts'

/**
 * Takes a model's whole answer for its explanation. One that is empty, or nothing but the words of an error, is `unparseable`:
 * it explains nothing. What stands in an inline `<think>` part is a draft. Never throws.
 */
export function extractReasoning(reply: Reply): Extraction {
  const lines = splitLines(reply.text)
  const ending = findEnding(reply)
  if (ending !== undefined) return { outcome: ending, reasoning: joinAround(lines) }
  const reasoning = joinAround(lines.slice(findAnswerStart(lines)))
  return { outcome: findReasoningFlaw(reasoning) === undefined ? 'answered' : 'unparseable', reasoning }
}
