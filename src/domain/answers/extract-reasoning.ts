import type { Extraction, Reply } from '../recipes/recipe.ts'
import { readAnswerText } from './answer-text/read-answer-text.ts'
import { describeNothing } from './describe-nothing.ts'
import { findEnding } from './find-ending.ts'
import { findReasoningFlaw } from './find-reasoning-flaw.ts'
import { joinAround } from './join-around.ts'

/**
 * Takes a model's whole answer as its explanation. An empty one, or one that is nothing but an error message, is `unparseable`:
 * it explains nothing. The model's thinking is a draft (`readAnswerText`). Never throws.
 */
export function extractReasoning(reply: Reply): Extraction {
  const answer = readAnswerText(reply.text)
  const ending = findEnding(reply)
  if (ending !== undefined) return { outcome: ending, reasoning: joinAround(answer) }
  const reasoning = joinAround({ draft: '', lines: answer.lines })
  if (findReasoningFlaw(reasoning) === undefined) return { outcome: 'answered', reasoning }
  return { outcome: 'unparseable', reasoning, ...describeNothing(reply, answer) }
}
