import { ApplicationFailure } from '@temporalio/activity'
import type { ActivityContext } from './dependencies.ts'
import { nameDiskFault } from './disk-fault.ts'
import { createReadEntry } from './read-entry.ts'

/** Appends the items recorded since the last checkpoint to the partial results file. */
export function createCheckpoint(context: ActivityContext) {
  return async function checkpoint({ runId }: { readonly runId: string }): Promise<void> {
    const open = await context.readRun(runId)
    const { folder, run } = open
    const readEntry = createReadEntry(open)
    const recorded = await folder.listRecorded()
    await context.results.appendPartial(run.specification, runId, recorded, readEntry).catch(giveUp)
  }
}

/** The run continues without it: `finish` appends what is missing, or says why it cannot. */
function giveUp(error: unknown): never {
  const reason = nameDiskFault(error)
  if (reason === undefined) throw error
  throw ApplicationFailure.nonRetryable(`The results cannot be written: ${reason}.`)
}
