import type { ActivityAttempt } from '../adapters/journal.ts'

/** What the server says of an activity that has not ended. */
export interface PendingActivity {
  readonly activityId?: string | null
  readonly attempt?: number | null
  readonly lastWorkerIdentity?: string | null
  /** `PendingActivityState` of Temporal's API. */
  readonly state?: number | null
}

const stateStarted = 2

/** Those attempts that the server still shows as begun by this very worker: not one of another, and not a later attempt. */
export function matchPending(
  attempts: readonly ActivityAttempt[],
  pending: readonly PendingActivity[],
  workerIdentity: string,
): ActivityAttempt[] {
  return attempts.filter(({ activityId, attempt }) =>
    pending.some(
      (activity) =>
        activity.activityId === activityId &&
        activity.attempt === attempt &&
        activity.lastWorkerIdentity === workerIdentity,
    ),
  )
}

/**
 * The ids of all activities that the server shows as begun by this worker, and not yet to be tried again. An identity names
 * one process for good, so what a dead one had begun is lost, whether or not it came to write it down.
 */
export function listBegun(pending: readonly PendingActivity[], workerIdentity: string): string[] {
  return pending.flatMap(({ activityId, lastWorkerIdentity, state }) =>
    typeof activityId === 'string' && lastWorkerIdentity === workerIdentity && state === stateStarted
      ? [activityId]
      : [],
  )
}
