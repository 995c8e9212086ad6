import type { WrittenEntry } from '../adapters/results/results-files.ts'
import { readCalls, type AnsweredCall } from '../domain/answers/read-calls.ts'
import { findProvider } from '../domain/providers/providers.ts'
import { findRecipe } from '../domain/recipes/find-recipe.ts'
import { renderResultsEntry } from '../domain/results/results-entry.ts'
import { renderVerificationEntry } from '../domain/results/verification-entry.ts'
import { chosenRound, type ItemRecord } from '../domain/runs/record.ts'
import { isVerification, type AskingRun } from '../domain/runs/run.ts'
import type { OpenRun } from './read-run.ts'

/** Builds the results entry of one recorded item from its record and its answers or given programs. */
export function createReadEntry(open: OpenRun) {
  return async function readEntry(itemKey: string): Promise<WrittenEntry> {
    const { folder, run, readItem } = open
    const record = await folder.findRecord(itemKey)
    if (record === undefined) throw new RangeError(`item ${itemKey} of run ${run.run_id} is not recorded`)
    const item = await readItem(itemKey)
    return isVerification(run)
      ? renderVerificationEntry(record, item, await folder.readPrograms(itemKey))
      : renderResultsEntry(record, item, run.model.key, await readCallsOf(open, run, record))
  }
}

/** For each sample, the requests of its selected round. */
function readCallsOf(
  { folder }: OpenRun,
  { specification, model }: AskingRun,
  record: ItemRecord,
): Promise<readonly (readonly AnsweredCall[])[]> {
  const recipe = findRecipe(specification.recipe)
  const provider = findProvider(model.provider)
  return Promise.all(record.samples.map((sample) => readCalls(folder, recipe, chosenRound(sample), provider)))
}
