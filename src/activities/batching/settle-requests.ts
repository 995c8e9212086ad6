import type { RunFolder } from '../../adapters/stores/run-store.ts'
import { noUsage } from '../../domain/models/usage.ts'
import type { BatchedRequest } from '../../domain/runs/batches/batch.ts'
import type { ActivityContext } from '../dependencies.ts'
import { explainDiskFault } from '../disk-fault.ts'

/** Writes that requests of a batch were not processed, which costs nothing. */
export async function settleUnprocessed(
  { now }: Pick<ActivityContext, 'now'>,
  folder: RunFolder,
  requests: readonly Pick<BatchedRequest, 'request' | 'answer'>[],
  reason: string,
): Promise<void> {
  const at = now().toISOString()
  for (const { request, answer } of requests) {
    await folder
      .appendLedger({ type: 'settled', request, answer, at, fate: 'failed', cost_usd: 0, usage: noUsage, reason })
      .catch(explainDiskFault)
  }
}
