import type { Given } from './dependencies.ts'
import { explainFullDisk } from './explain-full-disk.ts'
import { createReadEntry } from './read-entry.ts'

/** Appends what was recorded since the last checkpoint to the partial results file. */
export function createCheckpoint(given: Given) {
  return async function checkpoint({ runId }: { readonly runId: string }): Promise<void> {
    const open = await given.readRun(runId)
    const { folder, run } = open
    const readEntry = createReadEntry(given, open)
    const recorded = await folder.listRecorded()
    // The run goes on without it: `finish` appends what is missing, or says why it cannot.
    await given.results.appendPartial(run.specification, runId, recorded, readEntry).catch(explainFullDisk)
  }
}
