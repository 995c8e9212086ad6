import { ActivityCancellationType, proxyActivities, type ActivityOptions } from '@temporalio/workflow'
import type { ModelActivities, SandboxActivities, StoreActivities } from '../activities/create-activities.ts'
import { failureTypes } from '../domain/runs/failure-types.ts'
import type { TaskQueues } from '../domain/runs/task-queues.ts'

/*
 * Every time-out and every retry policy of Arcloom, in one place.
 *
 * An activity attempt that is lost (its worker was killed) costs at most `heartbeatTimeout`; on one host the next worker
 * reports it at once from the journal of the dead. No limit on attempts is small: each shutdown of a worker counts as one.
 */

const nonRetryableErrorTypes = [
  failureTypes.stopRun,
  failureTypes.notStarted,
  failureTypes.gaveUp,
  failureTypes.budgetReached,
  // A file of the store that is not what it should be, or a fault of ours: the same tomorrow.
  'MalformedInput',
  'RangeError',
  'TypeError',
]

/**
 * A call may wait for its provider's gate for hours, or for a person to unpause its run, and then reason for one, so only the whole
 * is bounded. It is longer than any outage may take: what fails for ever is ended by `ask`, with words.
 */
const modelOptions: ActivityOptions = {
  scheduleToCloseTimeout: '60 days',
  heartbeatTimeout: '30 seconds',
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '1 minute', nonRetryableErrorTypes },
  // `finish` must never save before what was in flight has ended and is stored.
  cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
}

/** Programs are bounded by the sandbox; a batch of many waits for its slots. */
const sandboxOptions: ActivityOptions = {
  scheduleToCloseTimeout: '7 days',
  heartbeatTimeout: '30 seconds',
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '1 minute', nonRetryableErrorTypes },
  cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
}

/** Reading and writing files: slow only where the disk is, and worth repeating for as long as somebody may mend it. */
const storeOptions: ActivityOptions = {
  startToCloseTimeout: '10 minutes',
  scheduleToCloseTimeout: '1 day',
  heartbeatTimeout: '30 seconds',
  retry: { initialInterval: '500 ms', backoffCoefficient: 2, maximumInterval: '30 seconds', nonRetryableErrorTypes },
  cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
}

/** A worker that died holds its workflow task no longer than this; the next one goes on. */
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
