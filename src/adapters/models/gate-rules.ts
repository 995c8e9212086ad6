import type { ModelFailure } from '../../domain/models/model-failure.ts'
import type { ModelLimits } from '../../domain/models/model-spec.ts'

/** How open a gate is. Its rules are pure: they hold neither the clock nor the queue. */
export interface GateState {
  /** How many may be inside at once; the fraction is progress towards one more. */
  readonly allowed: number
  /** Nobody enters before. */
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
 * A rate limit halves what may be inside and stops the entrance: for as long as the provider said, else for a pause that
 * doubles each time. Those who were inside together are refused together, which is one event: while the gate is paused
 * they may prolong the pause, but halve nothing again. Other failures only stop the entrance if the provider named a time.
 *
 * @param inside how many were inside when it was refused, this one included.
 */
export function afterFailure(state: GateState, failure: ModelFailure, inside: number, nowMs: number): GateState {
  if (failure.kind !== 'try-again') return state
  const named = failure.afterMs === undefined ? 0 : nowMs + failure.afterMs
  const pausedUntilMs = Math.max(state.pausedUntilMs, named)
  if (failure.because !== 'rate-limit' || nowMs < state.pausedUntilMs) return { ...state, pausedUntilMs }
  const ownPauseMs = Math.min(firstPauseMs * 2 ** state.refusals, maxPauseMs)
  return {
    allowed: Math.max(1, Math.floor(Math.min(state.allowed, inside) / 2)),
    pausedUntilMs: failure.afterMs === undefined ? nowMs + ownPauseMs : pausedUntilMs,
    refusals: state.refusals + 1,
  }
}

/** One more for each time as many succeeded as may be inside. Successes during a pause began before it and say nothing of what follows. */
export function afterSuccess(
  state: GateState,
  { concurrentRequests = Infinity }: ModelLimits,
  nowMs: number,
): GateState {
  if (nowMs < state.pausedUntilMs) return state
  return { ...state, allowed: Math.min(concurrentRequests, state.allowed + 1 / state.allowed), refusals: 0 }
}

/**
 * When the next one may enter: now or earlier, later, or `Infinity` where somebody has to leave first.
 *
 * @param entries when the last ones entered, oldest first; at least as many as may enter in a minute.
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
