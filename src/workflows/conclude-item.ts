import { ApplicationFailure, isCancellation } from '@temporalio/workflow'
import { failureTypes } from '../domain/runs/failure-types.ts'
import { proxyStore } from './activity-proxies.ts'
import { findFailure } from './find-failure.ts'
import type { ItemInput, TaskSummary } from './messages.ts'
import { showOutcome } from './search-attributes.ts'

/**
 * Does an item's work and notes what came of it: in Temporal's own pages, and in the store where it failed for reasons that
 * are not the model's, so that `retry` finds it.
 */
export async function concludeItem(
  { runId, item, queues, labels }: ItemInput,
  work: () => Promise<TaskSummary>,
): Promise<TaskSummary> {
  try {
    const summary = await work()
    showOutcome(labels, summary.outcome)
    return summary
  } catch (error) {
    if (isCancellation(error)) throw error
    const failure = findFailure(error)
    // The run's end was noted in the store a moment before this workflow was told.
    if (failure.type === failureTypes.notStarted) return { outcome: 'not-finished', costUsd: 0 }
    if (failure.type === failureTypes.budgetReached) return { outcome: 'not-finished', costUsd: 0, budgetReached: true }
    showOutcome(labels, 'failed')
    if (failure.type !== failureTypes.stopRun) {
      await proxyStore(queues).recordFailure({ runId, item: item.key, reason: failure.message })
    }
    throw ApplicationFailure.nonRetryable(failure.message, failure.type)
  }
}
