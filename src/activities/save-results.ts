import { renderMetadata } from '../domain/results/results-metadata.ts'
import type { RunNumbers } from '../domain/results/run-document.ts'
import { isVerification, type RunStateName } from '../domain/runs/run.ts'
import type { ActivityContext } from './dependencies.ts'
import { isDiskFull, nameDiskFault } from './disk-fault.ts'
import { createReadEntry } from './read-entry.ts'
import type { OpenRun } from './read-run.ts'

export type SavedResults =
  | { readonly file: string; readonly unwritable: null }
  /** Why a person has to make room first, in words. */
  | { readonly file: null; readonly unwritable: string }

/**
 * Writes what the partial file lacks, and a results file of everything recorded.
 *
 * @param items keys of all recorded items, in the run's order
 * @param recordedAt when each was recorded
 * @throws anything that another activity attempt may do better
 */
export async function saveResults(
  context: ActivityContext,
  open: OpenRun,
  items: readonly string[],
  numbers: RunNumbers,
  state: RunStateName,
  endedAt: string,
  recordedAt: ReadonlyMap<string, string>,
): Promise<SavedResults> {
  const { run } = open
  const readEntry = createReadEntry(open)
  try {
    await context.results.appendPartial(run.specification, run.run_id, items, readEntry, recordedAt)
    const file = await context.results.writeFinal({
      place: run.specification,
      output: isVerification(run) ? run.output : null,
      runId: run.run_id,
      endedAt,
      interrupted: state !== 'complete',
      metadata: renderMetadata(numbers, state, endedAt),
      items,
      readEntry,
    })
    return { file, unwritable: null }
  } catch (error) {
    const fault = nameDiskFault(error)
    // Space may become free: retrying until then loses nothing.
    if (fault === undefined || isDiskFull(error)) throw error
    const words = error instanceof Error ? ` (${error.message})` : ''
    return {
      file: null,
      unwritable: `The results cannot be written: ${fault}${words}. Everything recorded is kept; fix this and resume the run.`,
    }
  }
}
