import { ApplicationFailure, isCancellation } from '@temporalio/workflow'
import { failureTypes } from '../domain/runs/failure-types.ts'
import { proxyStore } from './activity-proxies.ts'
import { findFailure } from './find-failure.ts'
import type { ItemEnding, ItemInput } from './messages.ts'
import { showOutcome } from './search-attributes.ts'

/**
 * Does an item's work and records the outcome: in Temporal's UI and, if it failed for reasons other than the model, in the
 * store, so that `retry` finds it.
 */
export async function concludeItem(
  { runId, item, queues, labels }: ItemInput,
  work: () => Promise<ItemEnding>,
): Promise<ItemEnding> {
  try {
    const summary = await work()
    showOutcome(labels, summary.outcome)
    return summary
  } catch (error) {
    if (isCancellation(error)) throw error
    const failure = findFailure(error)
    // The run's end was written to the store a moment before this workflow was told.
    if (failure.type === failureTypes.notStarted) return { outcome: 'not-finished', costUsd: 0 }
    if (failure.type === failureTypes.budgetReached) return { outcome: 'not-finished', costUsd: 0, budgetReached: true }
    showOutcome(labels, 'failed')
    if (failure.type !== failureTypes.stopRun) {
      await proxyStore(queues).recordFailure({ runId, item: item.key, reason: failure.message })
    }
    throw ApplicationFailure.nonRetryable(failure.message, failure.type)
  }
}
