import { ApplicationFailure } from '@temporalio/activity'
import type { RunFolder } from '../../adapters/stores/run-store.ts'
import { count } from '../../domain/count.ts'
import type { Model } from '../../domain/models/model-spec.ts'
import type { Sighting } from '../../domain/providers/batches/batching.ts'
import type { Batch } from '../../domain/runs/batches/batch.ts'
import { failureTypes } from '../../domain/runs/failure-types.ts'
import type { ActivityContext } from '../dependencies.ts'
import { isRequestFailure } from './call-about.ts'
import { readBatches } from './read-batches.ts'

/** A batch that arrived may appear in the provider's list a moment later. */
const maxDelayMs = 60_000

/** Statuses of a server that keeps no list. */
const noList = new Set([404, 405, 501])

/**
 * Asks the provider whether it has a batch of which we do not know whether it arrived.
 *
 * @throws {ApplicationFailure} `stop-run` with what a person can do, if the provider cannot tell
 */
export async function findLostBatch(
  context: ActivityContext,
  folder: RunFolder,
  model: Model,
  batch: Batch,
): Promise<Exclude<Sighting, 'unclear'>> {
  const sentMs = Date.parse(batch.sent_at ?? batch.built_at)
  const others = (await readBatches(folder)).flatMap(({ provider_id }) => provider_id ?? [])
  const lost = { label: batch.batch, count: batch.requests, sentMs, knownIds: others }
  const sighting = await context.models.batches.look(model, lost).catch((error: unknown): Sighting => {
    if (isRequestFailure(error) && noList.has(error.failed.status ?? 0)) return 'unclear'
    throw error
  })
  if (sighting === 'absent' && context.now().getTime() - sentMs < maxDelayMs) return 'wait'
  if (sighting !== 'unclear') return sighting
  const steer = `npx arcloom batch ${folder.runId} ${batch.batch}`
  throw ApplicationFailure.nonRetryable(
    `Batch ${batch.batch} (${count(batch.requests, 'request')}) was being sent at ${batch.sent_at} when the connection or Arcloom died, ` +
      `and ${model.provider} at this address does not list its batches. Look whether it is there. If it is: ${steer} --id <its id>. ` +
      `If it is not: ${steer} --send-again. Then: npx arcloom resume ${folder.runId}`,
    failureTypes.stopRun,
  )
}
