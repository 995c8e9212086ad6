import { readCalls, type AnswerShelf } from '../domain/answers/read-calls.ts'
import { findProvider } from '../domain/providers/providers.ts'
import { findRecipe } from '../domain/recipes/find-recipe.ts'
import { chosenRound, type ItemRecord } from '../domain/runs/record.ts'
import { isVerification, type RunRecord } from '../domain/runs/run.ts'
import type { ItemReference } from '../domain/tasks/item.ts'
import type { TaskPairs } from '../domain/tasks/task.ts'
import { createRunAnalysis } from './analyze-run.ts'

/** Analyses a run while its records are read for other numbers: pass `alsoLook` to the reader. */
export function createAnalysisReader(run: RunRecord, shelf: AnswerShelf) {
  const { add, analysis } = createRunAnalysis(run)
  return {
    async alsoLook(this: void, item: ItemReference, task: TaskPairs, record: ItemRecord | undefined): Promise<void> {
      add(item, task, record, record && (await readReasonings(run, record, shelf)))
    },
    analysis,
  }
}

/** Reasoning is in the answers, not the records: it is read only if it is what the run asked for. */
async function readReasonings(run: RunRecord, { samples }: ItemRecord, shelf: AnswerShelf): Promise<string[]> {
  if (isVerification(run) || run.specification.kind !== 'generation') return []
  const provider = findProvider(run.model.provider)
  const recipe = findRecipe(run.specification.recipe)
  const calls = await Promise.all(samples.map((sample) => readCalls(shelf, recipe, chosenRound(sample), provider)))
  return calls
    .flat()
    .flatMap(({ outcome, reasoning }) => (outcome === 'answered' && reasoning !== '' ? [reasoning] : []))
}
