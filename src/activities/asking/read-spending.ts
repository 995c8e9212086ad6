import type { ActivityContext } from '../dependencies.ts'

/** What a run has cost so far, in USD; a request counts at its maximum while it is in flight, lost, or of unknown cost. */
export function createReadSpending({ readRun, spendingOf }: ActivityContext) {
  return async function readSpending({ runId }: { readonly runId: string }): Promise<number> {
    const { folder } = await readRun(runId)
    return (await spendingOf(folder).readLedger()).maxSpentUsd()
  }
}
