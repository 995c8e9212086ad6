import type { RunRecord } from '../../domain/runs/run.ts'
import type { Blobs } from './blobs.ts'
import { needStored, readText } from './read-stored.ts'
import { DamagedRun } from './run-store.ts'

/**
 * Reads the run of a folder, and rejects it if its id differs from the folder's name: people copy folders, and a copy would be
 * listed as a second run and share the original's workflow.
 *
 * @throws {DamagedRun} with both places
 */
export async function needOwnRun(blobs: Blobs, runId: string): Promise<RunRecord> {
  const run = await needStored(blobs, runId, 'run.json')
  if (run.run_id === runId) return run
  const isOriginalThere = (await readText(blobs, run.run_id, 'run.json')) !== undefined
  const problem = isOriginalThere
    ? `it is a copy of run "${run.run_id}", which is at ${blobs.locate(run.run_id)}; move one of the two out of this folder`
    : `it is run "${run.run_id}", and its folder has another name; rename the folder to ${blobs.locate(run.run_id)}`
  throw new DamagedRun(runId, { file: blobs.locate(`${runId}/run.json`), place: 'run_id', problem })
}
