import { ApplicationFailure } from '@temporalio/activity'
import type { CollectedRequest } from '../../adapters/models/batches/batch-client.ts'
import { mapConcurrently } from '../../domain/map-concurrently.ts'
import type { Batch } from '../../domain/runs/batches/batch.ts'
import { failureTypes } from '../../domain/runs/failure-types.ts'
import { needAskingRun } from '../../domain/runs/run.ts'
import type { ActivityContext } from '../dependencies.ts'
import { explainDiskFault } from '../disk-fault.ts'
import { callAbout, type BatchInput } from './call-about.ts'
import { settleUnprocessed } from './settle-requests.ts'
import { createStoreResult } from './store-result.ts'

/** Results held in memory, and answers written, at once. */
const storedTogether = 16

/**
 * Stores the answers of a batch that has ended, each under the key that `ask` would give it, and settles all its requests. What an
 * interrupted attempt stored is found again.
 *
 * @throws {ApplicationFailure} `stop-run`, after all is stored, if a request failed in a way that stops the run
 */
export function createCollectBatch(context: ActivityContext) {
  return async function collectBatch({ runId, batch: id }: BatchInput): Promise<void> {
    const open = await context.readRun(runId)
    const { folder } = open
    const batch = await folder.readBatch(id)
    if (batch.state !== 'sent' || batch.provider_id === null) return
    const providerId = batch.provider_id
    const model = context.models.locate(needAskingRun(open.run).model)
    const requests = new Map((await folder.readBatchRequests(id)).map((each) => [each.request, each]))
    const storeResult = createStoreResult(context, open, model, batch)
    let stopReason: string | undefined

    const store = async (collected: readonly CollectedRequest[]) => {
      const known = collected.flatMap(({ customId, outcome }) => {
        const request = requests.get(customId)
        requests.delete(customId)
        return request === undefined ? [] : [{ request, outcome }]
      })
      await mapConcurrently(known, storedTogether, async ({ request, outcome }) => {
        const reason = await storeResult(request, outcome)
        stopReason ??= reason
      })
    }
    await callAbout(context, folder, batch, () => inChunks(context.models.batches.collect(model, providerId), store))
    await settleUnprocessed(context, folder, [...requests.values()], noResult(batch))
    await folder
      .putBatch({
        ...batch,
        state: 'collected',
        ended_at: context.now().toISOString(),
        reason: null,
        failing_since: null,
      })
      .catch(explainDiskFault)
    if (stopReason !== undefined) throw ApplicationFailure.nonRetryable(stopReason, failureTypes.stopRun)
  }
}

function noResult({ provider_id }: Batch): string {
  return `batch ${provider_id} ended without a result for this request`
}

async function inChunks(
  collected: AsyncIterable<CollectedRequest>,
  store: (chunk: readonly CollectedRequest[]) => Promise<void>,
): Promise<void> {
  let chunk: CollectedRequest[] = []
  for await (const each of collected) {
    chunk.push(each)
    if (chunk.length < storedTogether) continue
    await store(chunk)
    chunk = []
  }
  await store(chunk)
}
