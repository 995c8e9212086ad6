import { notSentCancelled } from '../../domain/runs/ledger-lines.ts'
import { needAskingRun } from '../../domain/runs/run.ts'
import type { ActivityContext } from '../dependencies.ts'
import { explainDiskFault } from '../disk-fault.ts'
import { callAbout, isRequestFailure, type BatchInput } from './call-about.ts'
import { settleUnprocessed } from './settle-requests.ts'

/**
 * Ends a batch: drops one that was never sent, and asks the provider to stop working on one that was.
 *
 * @returns whether the provider is ending it, so that what it has done can be collected soon
 */
export function createCancelBatch(context: ActivityContext) {
  return async function cancelBatch({ runId, batch: id }: BatchInput): Promise<boolean> {
    const open = await context.readRun(runId)
    const { folder } = open
    const batch = await folder.readBatch(id)
    if (batch.state === 'built') {
      await settleUnprocessed(context, folder, await folder.readBatchRequests(id), notSentCancelled)
      const ended_at = context.now().toISOString()
      await folder.putBatch({ ...batch, state: 'dropped', ended_at, reason: notSentCancelled }).catch(explainDiskFault)
      return false
    }
    // Of one that may not have arrived, a resumed run finds out.
    if (batch.state !== 'sent' || batch.provider_id === null) return false
    const providerId = batch.provider_id
    const model = context.models.locate(needAskingRun(open.run).model)
    return callAbout(context, folder, batch, () =>
      context.models.batches.cancel(model, providerId).catch((error: unknown) => {
        // It has ended already.
        if (isRequestFailure(error) && [400, 404, 409].includes(error.failed.status ?? 0)) return true
        throw error
      }),
    )
  }
}
