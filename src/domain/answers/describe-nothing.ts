import { count } from '../count.ts'
import type { Extraction, Reply } from '../recipes/recipe.ts'
import type { AnswerText } from './answer-text/read-answer-text.ts'

/** Why there is nothing to search for an answer, if so: it distinguishes a model's fault from a server's setting. */
export function describeNothing(reply: Reply, answer: AnswerText): Pick<Extraction, 'problem'> {
  if (answer.unfinished) return { problem: 'the thinking in the content never ended, so there is no answer after it' }
  if (answer.lines.some((line) => line.trim() !== '')) return {}
  const thought = answer.draft.trim() === '' ? '' : '; there is thinking in it, and no answer after that'
  if (thought !== '') return { problem: `the content holds no answer${thought}` }
  if (reply.reasoning === undefined) return { problem: 'the content was empty' }
  return {
    problem: `the content was empty; all that came is in the reasoning field (${count(reply.reasoning.length, 'character')})`,
  }
}
