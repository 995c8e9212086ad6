import type { WrittenEntry } from '../adapters/results/results-files.ts'
import { extractStoredAnswer } from '../domain/extract-stored-answer.ts'
import { chosenRound, type ItemRecord } from '../domain/record.ts'
import { findRecipe } from '../domain/recipes/find-recipe.ts'
import { renderResultsEntry, type AnsweredCall } from '../domain/results-entry.ts'
import { isVerification, type AskingRun } from '../domain/run.ts'
import { renderVerificationEntry } from '../domain/verification-entry.ts'
import type { Given } from './dependencies.ts'
import type { OpenRun } from './read-run.ts'

/** Makes the results entry of one recorded item out of its record, and what was answered or given. */
export function createReadEntry(given: Pick<Given, 'models'>, open: OpenRun) {
  return async function readEntry(itemKey: string): Promise<WrittenEntry> {
    const { folder, run, readItem } = open
    const record = await folder.findRecord(itemKey)
    if (record === undefined) throw new RangeError(`item ${itemKey} of run ${run.run_id} is not recorded`)
    const item = await readItem(itemKey)
    return isVerification(run)
      ? renderVerificationEntry(record, item, await folder.readPrograms(itemKey))
      : renderResultsEntry(record, item, run.model.key, await readCalls(given, open, run, record))
  }
}

/** Per sample the requests of the round that stands for it: what was asked, and what was answered. */
async function readCalls(
  { models }: Pick<Given, 'models'>,
  { folder }: OpenRun,
  { specification }: AskingRun,
  record: ItemRecord,
): Promise<readonly (readonly AnsweredCall[])[]> {
  const recipe = findRecipe(specification.recipe)
  const readCall = async (key: string): Promise<AnsweredCall> => {
    const answer = await folder.readAnswer(key)
    const reply = answer.rejected === null ? models.readReply(answer.response) : null
    const { outcome, reasoning } = extractStoredAnswer(recipe, answer, models.readReply)
    return { answer, reply, outcome, reasoning, messages: await folder.readPrompt(answer.sent.prompt) }
  }
  return Promise.all(record.samples.map((sample) => Promise.all(chosenRound(sample).answers.map(readCall))))
}
