import type { RunFolder } from '../adapters/stores/run-store.ts'
import { createTaskGathering, type ComparedRun } from '../domain/compare/compared-run.ts'
import { describeRun, type RunDocument, type RunNumbers } from '../domain/results/run-document.ts'
import { readNumbers } from './read-numbers.ts'

/**
 * A run with its tasks as comparisons read them, from its files alone.
 *
 * @param describe how its numbers are told, where the place it is shown at adds something
 */
export async function readComparedRun(
  folder: RunFolder,
  describe: (numbers: RunNumbers) => RunDocument = (numbers) => describeRun(numbers, Date.now()),
): Promise<ComparedRun> {
  const gathering = createTaskGathering()
  const numbers = await readNumbers(folder, { alsoLook: gathering.add })
  return { run: numbers.run, document: describe(numbers), tasks: gathering.list() }
}
