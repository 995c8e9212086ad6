import { extractStoredAnswer } from '../domain/extract-stored-answer.ts'
import { chosenRound } from '../domain/record.ts'
import { findRecipe } from '../domain/recipes/find-recipe.ts'
import { renderResultsEntry, type ResultsEntry } from '../domain/results-entry.ts'
import type { Given } from './dependencies.ts'
import type { OpenRun } from './read-run.ts'

/** Makes the results entry of one recorded item out of its record and its answers. */
export function createReadEntry({ models }: Pick<Given, 'models'>, { folder, run, readItem }: OpenRun) {
  const recipe = findRecipe(run.specification.recipe)
  return async function readEntry(itemKey: string): Promise<ResultsEntry> {
    const record = await folder.findRecord(itemKey)
    if (record === undefined) throw new RangeError(`item ${itemKey} of run ${run.run_id} is not recorded`)
    const samples = await Promise.all(
      record.samples.map(async (sample) => {
        const [key = ''] = chosenRound(sample).answers
        const answer = await folder.readAnswer(key)
        const reply = answer.rejected === null ? models.readReply(answer.response) : null
        return { answer, reply, reasoning: extractStoredAnswer(recipe, answer, models.readReply).reasoning }
      }),
    )
    const prompts = await Promise.all(samples.map(({ answer }) => folder.readPrompt(answer.sent.prompt)))
    return renderResultsEntry(record, await readItem(itemKey), run.model.key, samples, prompts)
  }
}
