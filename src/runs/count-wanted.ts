import type { RunFolder } from '../adapters/stores/run-store.ts'
import { mapConcurrently } from '../domain/map-concurrently.ts'
import { findRecipe } from '../domain/recipes/find-recipe.ts'
import { isVerification, type RunRecord } from '../domain/runs/run.ts'

/** Items read concurrently. */
const readTogether = 16

/** Number of answers a run wants in its first round; for a verification, the number of its programs. */
export async function countWanted(folder: RunFolder, run: RunRecord): Promise<number> {
  if (isVerification(run)) return run.specification.program_count
  const { samples, recipe, item_count } = run.specification
  if (!findRecipe(recipe).asksPerTestInput) return samples * item_count
  const tests = await mapConcurrently(await folder.listItems(), readTogether, async ({ hash }) => {
    return (await folder.readPairs(hash)).test.length
  })
  return samples * tests.reduce((sum, count) => sum + count, 0)
}
