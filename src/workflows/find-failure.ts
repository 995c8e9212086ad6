import { ActivityFailure, ApplicationFailure, ChildWorkflowFailure, TimeoutFailure } from '@temporalio/workflow'
import { messageOf } from '../domain/message-of.ts'

export interface FoundFailure {
  readonly type: string
  readonly message: string
}

/** The root of a failure: Temporal wraps an activity's error once per workflow it passes through. */
export function findFailure(error: unknown): FoundFailure {
  if ((error instanceof ActivityFailure || error instanceof ChildWorkflowFailure) && error.cause) {
    return findFailure(error.cause)
  }
  if (error instanceof ApplicationFailure) return { type: error.type ?? 'unknown', message: error.message }
  if (error instanceof TimeoutFailure) return { type: 'time-out', message: error.message }
  return { type: 'unknown', message: messageOf(error) }
}
