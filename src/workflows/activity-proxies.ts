import { ActivityCancellationType, proxyActivities, type ActivityOptions } from '@temporalio/workflow'
import type { ModelActivities, SandboxActivities, StoreActivities } from '../activities/create-activities.ts'
import { failureTypes } from '../domain/runs/failure-types.ts'
import type { TaskQueues } from '../domain/runs/task-queues.ts'

/*
 * Every timeout and every retry policy of Arcloom, in one place.
 *
 * An activity attempt that is lost (its worker was killed) costs at most `heartbeatTimeout`; on one host the next worker
 * reports it at once from the dead worker's journal. Attempt limits are never small: each shutdown of a worker counts as one.
 */

const nonRetryableErrorTypes = [
  failureTypes.stopRun,
  failureTypes.notStarted,
  failureTypes.gaveUp,
  failureTypes.budgetReached,
  // A malformed file in the store, or a bug of ours: it would fail again.
  'MalformedInput',
  'RangeError',
  'TypeError',
]

/**
 * A call may wait for hours for its provider's gate, or for a person to unpause its run, and then reason for another hour, so only
 * the total is bounded. The bound exceeds any outage: `ask` itself ends what fails forever, with a message.
 */
const modelOptions: ActivityOptions = {
  scheduleToCloseTimeout: '60 days',
  heartbeatTimeout: '30 seconds',
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '1 minute', nonRetryableErrorTypes },
  // `finish` must never save before everything in flight has ended and is stored.
  cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
}

/** The sandbox bounds programs; a large batch waits for slots. */
const sandboxOptions: ActivityOptions = {
  scheduleToCloseTimeout: '7 days',
  heartbeatTimeout: '30 seconds',
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '1 minute', nonRetryableErrorTypes },
  cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
}

/** Reading and writing files: slow only if the disk is, and worth retrying for as long as somebody may fix it. */
const storeOptions: ActivityOptions = {
  startToCloseTimeout: '10 minutes',
  scheduleToCloseTimeout: '1 day',
  heartbeatTimeout: '30 seconds',
  retry: { initialInterval: '500 ms', backoffCoefficient: 2, maximumInterval: '30 seconds', nonRetryableErrorTypes },
  cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
}

/** Maximum time that a dead worker can hold its workflow task; then the next one continues. */
export const workflowTaskTimeout = '4 seconds'

export function proxyStore(queues: TaskQueues) {
  return proxyActivities<StoreActivities>({ ...storeOptions, taskQueue: queues.runs })
}

export function proxyModels(queues: TaskQueues) {
  return proxyActivities<ModelActivities>({ ...modelOptions, taskQueue: queues.models })
}

export function proxySandbox(queues: TaskQueues) {
  return proxyActivities<SandboxActivities>({ ...sandboxOptions, taskQueue: queues.sandbox })
}
