import { DamagedRun, type KeptNumbers, type RunFolder } from '../adapters/stores/run-store.ts'
import type { RunNumbers } from '../domain/results/run-document.ts'
import { isOpen } from '../domain/runs/run.ts'
import { readNumbers, type ReadingOptions } from './read-numbers.ts'

/**
 * A run's numbers: the stored ones if none of the files they come from has changed, otherwise counted and stored now.
 * Checking thousands of records for changes takes a hundredth of the time of reading them.
 *
 * @param code identifies the counting code: other code may count differently
 * @throws {DamagedRun} as `readNumbers` does; a damaged file counts as changed
 */
export async function recallNumbers(
  folder: RunFolder,
  code: string,
  options: Pick<ReadingOptions, 'alsoLook'> = {},
): Promise<RunNumbers> {
  const [run, state] = await Promise.all([folder.readRun(), folder.readState()])
  // The next record is about to change them.
  if (isOpen(state.state)) return readNumbers(folder, options)
  // Taken before the files are read: changes meanwhile are counted the next time.
  const basis = { code, state: state.state, stamp: await folder.stamp() }
  const stored = await findStored(folder)
  if (stored !== undefined && isBasedOn(stored, basis)) return { ...stored.numbers, run, state }
  const { run: _, state: stateAfter, ...numbers } = await readNumbers(folder, options)
  // Only an optimisation: the folder may belong to somebody else, or the disk may be full.
  if (stateAfter.state === state.state) await folder.putNumbers({ ...basis, numbers }).catch(() => undefined)
  return { ...numbers, run, state: stateAfter }
}

async function findStored(folder: RunFolder): Promise<KeptNumbers | undefined> {
  try {
    return await folder.findNumbers()
  } catch (error) {
    if (error instanceof DamagedRun) return undefined
    throw error
  }
}

function isBasedOn(stored: KeptNumbers, { code, state, stamp }: Omit<KeptNumbers, 'numbers'>): boolean {
  return stored.code === code && stored.state === state && stored.stamp === stamp
}
