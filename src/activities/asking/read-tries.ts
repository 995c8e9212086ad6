import type { RunFolder } from '../../adapters/stores/run-store.ts'
import { readAnswerText } from '../../domain/answers/answer-text/read-answer-text.ts'
import { extractStoredAnswer } from '../../domain/answers/extract-stored-answer.ts'
import { findApi } from '../../domain/providers/providers.ts'
import { findRecipe } from '../../domain/recipes/find-recipe.ts'
import { maxTriesShown } from '../../domain/recipes/render-tries.ts'
import { rankTries, showTry, type ShownTry } from '../../domain/recipes/shown-try.ts'
import type { AskingRun } from '../../domain/runs/run.ts'
import type { Pair } from '../../domain/tasks/task.ts'

/**
 * Reads what a sample tried in the earlier rounds from the store: each answer with what its program did.
 *
 * @param last key of the answer in the previous round
 * @returns ordered by score, the best last
 */
export async function readTries(
  folder: RunFolder,
  { specification, model }: AskingRun,
  itemKey: string,
  last: string,
  train: readonly Pair[],
): Promise<readonly ShownTry[]> {
  const recipe = findRecipe(specification.recipe)
  const { readReply, sendsRepliesBack } = findApi(model)
  const tries: ShownTry[] = []
  for (let key: string | null = last; key !== null;) {
    const answer = await folder.readAnswer(key)
    const { round, previous } = answer.question
    const verdicts = await folder.findVerdicts(itemKey, round)
    const run = verdicts?.programs[key]
    const { program } = extractStoredAnswer(recipe, answer, readReply)
    // Another version may have found and run a program where this one finds none.
    if (run !== undefined && program !== undefined) {
      const shown = showTry(dropDraft(readReply(answer.response).text), program, run, train)
      tries.unshift(sendsRepliesBack ? { ...shown, answer: key } : shown)
    }
    key = previous
  }
  if (tries.length === 0) {
    throw new TypeError(
      `answer ${last} of run ${folder.runId} is to be improved, but none of its earlier programs was run`,
    )
  }
  return rankTries(tries).slice(-maxTriesShown)
}

/** The model's thinking is not sent back: providers drop it, and it is long. */
function dropDraft(text: string): string {
  return readAnswerText(text).lines.join('\n').trim()
}
