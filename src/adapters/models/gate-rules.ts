import type { ModelFailure } from '../../domain/models/model-failure.ts'
import type { ModelLimits } from '../../domain/models/model-spec.ts'

/** How open a gate is. Its rules are pure: they hold neither the clock nor the queue. */
export interface GateState {
  /** How many requests may be inside at once; the fraction is progress towards one more. */
  readonly allowed: number
  /** No request enters before this time. */
  readonly pausedUntilMs: number
  /** Rate limits hit since the last success. */
  readonly refusals: number
}

const firstPauseMs = 1_000
const maxPauseMs = 60_000
const minuteMs = 60_000

export function openGate({ concurrentRequests = Infinity }: ModelLimits): GateState {
  return { allowed: concurrentRequests, pausedUntilMs: 0, refusals: 0 }
}

/**
 * A rate limit halves the number of requests allowed inside and pauses the gate: for as long as the provider said, else for a
 * pause that doubles each time. Requests that were inside together are refused together, which counts as one event: during the
 * pause, further refusals may extend it but halve nothing. Other failures pause the gate only if the provider named a time.
 *
 * @param inside how many requests were inside when this one was refused, this one included.
 */
export function afterFailure(state: GateState, failure: ModelFailure, inside: number, nowMs: number): GateState {
  if (failure.kind !== 'try-again') return state
  const requestedMs = failure.afterMs === undefined ? 0 : nowMs + failure.afterMs
  const pausedUntilMs = Math.max(state.pausedUntilMs, requestedMs)
  if (failure.because !== 'rate-limit' || nowMs < state.pausedUntilMs) return { ...state, pausedUntilMs }
  const ownPauseMs = Math.min(firstPauseMs * 2 ** state.refusals, maxPauseMs)
  return {
    allowed: Math.max(1, Math.floor(Math.min(state.allowed, inside) / 2)),
    pausedUntilMs: failure.afterMs === undefined ? nowMs + ownPauseMs : pausedUntilMs,
    refusals: state.refusals + 1,
  }
}

/** Allows one more request for every `allowed` successes. Successes during a pause began before it and do not count. */
export function afterSuccess(
  state: GateState,
  { concurrentRequests = Infinity }: ModelLimits,
  nowMs: number,
): GateState {
  if (nowMs < state.pausedUntilMs) return state
  return { ...state, allowed: Math.min(concurrentRequests, state.allowed + 1 / state.allowed), refusals: 0 }
}

/**
 * When the next request may enter: a time now or in the past if at once, a future time, or `Infinity` if a request must leave
 * first.
 *
 * @param entries when the last requests entered, oldest first; at least as many as may enter in a minute.
 */
export function findNextEntryMs(
  state: GateState,
  { requestsPerMinute = Infinity }: ModelLimits,
  inside: number,
  entries: readonly number[],
): number {
  if (inside >= Math.floor(state.allowed)) return Infinity
  const oldest = entries.length < requestsPerMinute ? undefined : entries[entries.length - requestsPerMinute]
  return Math.max(state.pausedUntilMs, oldest === undefined ? 0 : oldest + minuteMs)
}
