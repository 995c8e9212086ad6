import type { Provider } from '../providers/provider.ts'
import type { Extraction, Message, Recipe, Reply } from '../recipes/recipe.ts'
import type { RoundRecord } from '../runs/record.ts'
import type { Answer } from './answer.ts'
import { extractStoredAnswer } from './extract-stored-answer.ts'
import { whoServed, type ServedBy } from './served-by.ts'

/** One request of a sample: what stands in its answer rather than in the record, and how today's rules read it. */
export interface AnsweredCall extends Extraction {
  readonly answer: Answer
  readonly servedBy: ServedBy
  /** Null where the provider would not take the request. */
  readonly reply: Reply | null
  readonly messages: readonly Message[]
}

/** Where answers and the messages they answer are kept. */
export interface AnswerShelf {
  readAnswer(key: string): Promise<Answer>
  readPrompt(hash: string): Promise<readonly Message[]>
}

/** Reads the requests of one round: what was asked, and what was answered. */
export function readCalls(
  shelf: AnswerShelf,
  recipe: Recipe,
  { answers }: RoundRecord,
  { readReply, readServed }: Pick<Provider, 'readReply' | 'readServed'>,
): Promise<readonly AnsweredCall[]> {
  return Promise.all(
    answers.map(async (key) => {
      const answer = await shelf.readAnswer(key)
      return {
        ...extractStoredAnswer(recipe, answer, readReply),
        answer,
        servedBy: whoServed(answer, readServed),
        reply: answer.rejected === null ? readReply(answer.response) : null,
        messages: await shelf.readPrompt(answer.sent.prompt),
      }
    }),
  )
}
