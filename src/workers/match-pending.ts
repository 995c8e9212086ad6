import type { ActivityAttempt } from '../adapters/journal.ts'

/** The server's description of an activity that has not ended. */
export interface PendingActivity {
  readonly activityId?: string | null
  readonly attempt?: number | null
  readonly lastWorkerIdentity?: string | null
  /** `PendingActivityState` of Temporal's API. */
  readonly state?: number | null
}

const stateStarted = 2

/** The attempts that the server still shows as started by this very worker: no other worker's, and no later attempt. */
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
 * The ids of all activities that the server shows as started by this worker and not scheduled for retry. An identity names
 * one process forever, so whatever a dead one had started is lost, even if it is not in its journal.
 */
export function listBegun(pending: readonly PendingActivity[], workerIdentity: string): string[] {
  return pending.flatMap(({ activityId, lastWorkerIdentity, state }) =>
    typeof activityId === 'string' && lastWorkerIdentity === workerIdentity && state === stateStarted
      ? [activityId]
      : [],
  )
}
