import { ApplicationFailure } from '@temporalio/activity'
import type { BatchRefusal } from '../../domain/providers/batches/batching.ts'
import type { Batch } from '../../domain/runs/batches/batch.ts'
import { failureTypes } from '../../domain/runs/failure-types.ts'
import { notSentTooMuch } from '../../domain/runs/ledger-lines.ts'
import { needAskingRun } from '../../domain/runs/run.ts'
import type { ActivityContext } from '../dependencies.ts'
import { explainDiskFault } from '../disk-fault.ts'
import type { OpenRun } from '../read-run.ts'
import { callAbout, withoutTrouble, type BatchInput } from './call-about.ts'
import { readBatches } from './read-batches.ts'
import { settleUnprocessed } from './settle-requests.ts'

/** `again`: it has to be sent again later. `over`: there is nothing to collect. */
export type BatchStanding = 'working' | 'ended' | 'again' | 'over'

/** Asks the provider how far a batch has come. */
export function createCheckBatch(context: ActivityContext) {
  return async function checkBatch({ runId, batch: id }: BatchInput): Promise<BatchStanding> {
    const open = await context.readRun(runId)
    const { folder } = open
    const batch = await folder.readBatch(id)
    if (batch.state !== 'sent' || batch.provider_id === null) return batch.state === 'built' ? 'again' : 'over'
    const model = context.models.locate(needAskingRun(open.run).model)
    const providerId = batch.provider_id
    const progress = await callAbout(context, folder, batch, () => context.models.batches.find(model, providerId))
    const { state, counts, refusal } = progress
    const checked: Batch = { ...withoutTrouble(batch), counts, checked_at: context.now().toISOString() }
    await folder.putBatch(checked).catch(explainDiskFault)
    return state === 'refused' ? refuse(context, open, checked, refusal) : state
  }
}

/**
 * A batch that was refused because too much is waiting is sent again as soon as others of the run may have made room. If there are
 * none, it alone is too much: its questions go into smaller ones.
 */
async function refuse(
  context: ActivityContext,
  { folder }: OpenRun,
  batch: Batch,
  { reason, tooMuch }: BatchRefusal = { reason: 'the provider does not say why' },
): Promise<BatchStanding> {
  const others = (await readBatches(folder)).filter((other) => other.state === 'sent' && other.batch !== batch.batch)
  if (tooMuch && others.length > 0) {
    await folder
      .putBatch({ ...batch, state: 'built', sent_at: null, provider_id: null, reason })
      .catch(explainDiskFault)
    return 'again'
  }
  const requests = await folder.readBatchRequests(batch.batch)
  const isSplit = tooMuch === true && requests.length > 1
  await settleUnprocessed(context, folder, requests, isSplit ? notSentTooMuch : reason)
  const ended_at = context.now().toISOString()
  await folder.putBatch({ ...batch, state: isSplit ? 'split' : 'refused', ended_at, reason }).catch(explainDiskFault)
  if (isSplit) return 'over'
  throw ApplicationFailure.nonRetryable(`The provider refused a batch: ${reason}`, failureTypes.stopRun)
}
