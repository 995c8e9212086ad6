import { DamagedRun, type KeptNumbers, type RunFolder } from '../adapters/stores/run-store.ts'
import type { RunNumbers } from '../domain/results/run-document.ts'
import { isOpen } from '../domain/runs/run.ts'
import { readNumbers, type ReadingOptions } from './read-numbers.ts'

/**
 * A run's numbers, as they were last counted where none of the files that they come from has changed since; counted now, and
 * kept, where one has. To look whether thousands of records have changed takes a hundredth of the time of reading them.
 *
 * @param code names the code that counts: other code may count otherwise
 * @throws {DamagedRun} as `readNumbers`: a file that was damaged has changed
 */
export async function recallNumbers(
  folder: RunFolder,
  code: string,
  options: Pick<ReadingOptions, 'alsoLook'> = {},
): Promise<RunNumbers> {
  const [run, state] = await Promise.all([folder.readRun(), folder.readState()])
  // The next record is about to change them.
  if (isOpen(state.state)) return readNumbers(folder, options)
  // Before they are read: what changes meanwhile is counted again the next time.
  const basis = { code, state: state.state, stamp: await folder.stamp() }
  const kept = await findKept(folder)
  if (kept !== undefined && isBasedOn(kept, basis)) return { ...kept.numbers, run, state }
  const { run: _, state: counted, ...numbers } = await readNumbers(folder, options)
  // It saves time, and nothing depends on it: the folder may be somebody else's, or the disk full.
  if (counted.state === state.state) await folder.putNumbers({ ...basis, numbers }).catch(() => undefined)
  return { ...numbers, run, state: counted }
}

async function findKept(folder: RunFolder): Promise<KeptNumbers | undefined> {
  try {
    return await folder.findNumbers()
  } catch (error) {
    if (error instanceof DamagedRun) return undefined
    throw error
  }
}

function isBasedOn(kept: KeptNumbers, { code, state, stamp }: Omit<KeptNumbers, 'numbers'>): boolean {
  return kept.code === code && kept.state === state && kept.stamp === stamp
}
