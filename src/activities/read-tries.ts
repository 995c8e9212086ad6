import type { RunFolder } from '../adapters/stores/run-store.ts'
import { extractStoredAnswer } from '../domain/extract-stored-answer.ts'
import { findAnswerStart, splitLines } from '../domain/find-answer-start.ts'
import type { Recipe } from '../domain/recipes/recipe.ts'
import { rankTries, showTry, type ShownTry } from '../domain/recipes/shown-try.ts'
import type { Pair } from '../domain/task.ts'
import type { Given } from './dependencies.ts'

/** More than the best few tell a model little, and each is paid for again in every later round. */
export const mostTriesShown = 4

/**
 * Reads what a sample tried in the rounds before, each answer with what its program did, from the store.
 *
 * @param last key of the answer in the round before
 * @returns in order of their score, the best last
 */
export async function readTries(
  { models }: Pick<Given, 'models'>,
  folder: RunFolder,
  recipe: Recipe,
  item: string,
  last: string,
  train: readonly Pair[],
): Promise<readonly ShownTry[]> {
  const tries: ShownTry[] = []
  for (let key: string | null = last; key !== null;) {
    const answer = await folder.readAnswer(key)
    const { round, previous } = answer.question
    const verdicts = await folder.findVerdicts(item, round)
    const run = verdicts?.programs[key]
    const { program } = extractStoredAnswer(recipe, answer, models.readReply)
    if (run === undefined || program === undefined) {
      throw new TypeError(`answer ${key} of run ${folder.runId} was asked to be mended, and has no verdict`)
    }
    tries.unshift(showTry(dropDraft(models.readReply(answer.response).text), program, run, train))
    key = previous
  }
  return rankTries(tries).slice(-mostTriesShown)
}

/** What stands in an inline `<think>` part is not sent back: providers drop it, and it is long. */
function dropDraft(text: string): string {
  const lines = splitLines(text)
  return lines.slice(findAnswerStart(lines)).join('\n').trim()
}
