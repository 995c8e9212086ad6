import { ApplicationFailure } from '@temporalio/activity'
import type { RunFolder } from '../../adapters/stores/run-store.ts'
import { renderDuration } from '../../domain/format.ts'
import { classifyModelFailure, type ModelRequestFailed } from '../../domain/models/model-failure.ts'
import type { Batch } from '../../domain/runs/batches/batch.ts'
import { failureTypes } from '../../domain/runs/failure-types.ts'
import type { ActivityContext } from '../dependencies.ts'
import { explainDiskFault } from '../disk-fault.ts'

export interface BatchInput {
  readonly runId: string
  readonly batch: string
}

/** Told apart by its name: activities import no values from adapters. */
export function isRequestFailure(error: unknown): error is ModelRequestFailed {
  return error instanceof Error && error.name === 'ModelRequestFailed'
}

/**
 * Makes a call about a batch. If it fails, its words are stored where `status` shows them, and the retry policy decides when it
 * is made again, until the provider has been silent for the maximum length of an outage.
 *
 * @throws {ApplicationFailure} `try-again`, or `stop-run` if only a person can help
 */
export async function callAbout<Result>(
  context: ActivityContext,
  folder: RunFolder,
  batch: Batch,
  call: () => Promise<Result>,
): Promise<Result> {
  try {
    return await call()
  } catch (error) {
    if (!isRequestFailure(error)) throw error
    const now = context.now()
    const failure = classifyModelFailure(error.failed, now.getTime())
    const { opened_at } = await folder.readState()
    // Resuming the run starts the clock again.
    const isFirst = batch.failing_since === null || batch.failing_since < opened_at
    const since = isFirst ? now.toISOString() : batch.failing_since
    const isLong = now.getTime() - Date.parse(since) >= context.maxOutageMs
    const { reason } = failure
    if (failure.kind !== 'try-again') throw ApplicationFailure.nonRetryable(reason, failureTypes.stopRun)
    if (isLong) {
      const words = `${reason.replace(/\.$/, '')}. Calls about the batch have failed for ${renderDuration(context.maxOutageMs / 1000)}.`
      throw ApplicationFailure.nonRetryable(words, failureTypes.stopRun)
    }
    await folder.putBatch({ ...batch, reason, failing_since: since }).catch(explainDiskFault)
    throw ApplicationFailure.create({
      message: reason,
      type: failureTypes.tryAgain,
      ...(failure.afterMs !== undefined && { nextRetryDelay: failure.afterMs }),
    })
  }
}

/** The batch after a call that succeeded. */
export function withoutTrouble(batch: Batch): Batch {
  return batch.failing_since === null ? batch : { ...batch, reason: null, failing_since: null }
}
