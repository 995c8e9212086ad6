import type { ActivityAttempt } from '../adapters/journal.ts'

/** What the server says of an activity that has not ended. */
export interface PendingActivity {
  readonly activityId?: string | null
  readonly attempt?: number | null
  readonly lastWorkerIdentity?: string | null
}

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
