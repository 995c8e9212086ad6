import { readCalls } from '../../domain/answers/read-calls.ts'
import { listExamples, type Example } from '../../domain/exports/example.ts'
import { findProvider } from '../../domain/providers/providers.ts'
import { findRecipe } from '../../domain/recipes/find-recipe.ts'
import { chosenRound } from '../../domain/runs/record.ts'
import type { AskingRun } from '../../domain/runs/run.ts'
import type { Item } from '../../domain/tasks/item.ts'
import type { RunFolder } from '../stores/run-store.ts'

/** Reads the examples of one recorded item from the store. */
export async function readExamples(
  folder: RunFolder,
  { specification, model }: AskingRun,
  item: Item,
): Promise<readonly Example[]> {
  const recipe = findRecipe(specification.recipe)
  const provider = findProvider(model.provider)
  const record = await folder.findRecord(item.key)
  if (record === undefined) throw new RangeError(`item ${item.key} of run ${folder.runId} is not recorded`)
  const calls = await Promise.all(
    record.samples.map((sample) => readCalls(folder, recipe, chosenRound(sample), provider)),
  )
  return listExamples(recipe, record, item, calls)
}
