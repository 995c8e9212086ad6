import type { RunFolder } from '../../adapters/stores/run-store.ts'
import { extractStoredAnswer } from '../../domain/answers/extract-stored-answer.ts'
import { readAnswerText } from '../../domain/answers/answer-text/read-answer-text.ts'
import type { Recipe } from '../../domain/recipes/recipe.ts'
import { rankTries, showTry, type ShownTry } from '../../domain/recipes/shown-try.ts'
import type { Pair } from '../../domain/tasks/task.ts'
import type { Given } from '../dependencies.ts'

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
    // Another version may have found a program, and run it, where this one finds none.
    if (run !== undefined && program !== undefined) {
      tries.unshift(showTry(dropDraft(models.readReply(answer.response).text), program, run, train))
    }
    key = previous
  }
  if (tries.length === 0) {
    throw new TypeError(
      `answer ${last} of run ${folder.runId} was asked to be mended, and no program before it was run`,
    )
  }
  return rankTries(tries).slice(-mostTriesShown)
}

/** What the model thought on the way is not sent back: providers drop it, and it is long. */
function dropDraft(text: string): string {
  return readAnswerText(text).lines.join('\n').trim()
}
