import type { RunFolder } from '../adapters/stores/run-store.ts'
import { readCalls } from '../domain/answers/read-calls.ts'
import { findProvider } from '../domain/providers/providers.ts'
import { findRecipe } from '../domain/recipes/find-recipe.ts'
import { chosenRound, type SampleRecord } from '../domain/runs/record.ts'
import type { AskingRun } from '../domain/runs/run.ts'

export interface SampleReasoning {
  /**
   * What the model wrote around its program or grid, as in the `reasoning` of results files. Where it wrote nothing there, the
   * reasoning that the provider sent beside the answer. Empty if there is neither.
   */
  readonly text: string
  /** The provider's reasoning, where `text` is something else. */
  readonly thinking: string | null
}

/** Reads the reasoning of a sample's chosen round. */
export async function readReasoning(
  folder: RunFolder,
  { specification, model }: AskingRun,
  sample: SampleRecord,
): Promise<SampleReasoning> {
  const provider = findProvider(model.provider)
  const calls = await readCalls(folder, findRecipe(specification.recipe), chosenRound(sample), provider)
  const join = (parts: readonly string[]) => parts.filter((part) => part.trim() !== '').join('\n\n')
  const written = join(calls.map(({ reasoning }) => reasoning))
  const thinking = join(calls.map(({ reply }) => reply?.reasoning ?? ''))
  if (written === '') return { text: thinking, thinking: null }
  return { text: written, thinking: thinking === '' ? null : thinking }
}
