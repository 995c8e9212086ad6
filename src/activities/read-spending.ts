import { totalLedger } from '../domain/ledger.ts'
import type { Given } from './dependencies.ts'

/** What a run has cost so far, in USD; a request in flight, or lost there, counts at its most. */
export function createReadSpending({ readRun }: Given) {
  return async function readSpending({ runId }: { readonly runId: string }): Promise<number> {
    const { folder } = await readRun(runId)
    const { cost_usd, unsettled_usd } = totalLedger(await folder.readLedger())
    return (cost_usd ?? 0) + unsettled_usd
  }
}
