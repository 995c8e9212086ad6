import type { ModelFailure } from '../../../domain/models/model-failure.ts'
import type { ModelLimits } from '../../../domain/models/model-spec.ts'

/** How open a gate is. Its rules are pure: they hold neither the clock nor the queue. */
export interface GateState {
  /** How many requests may be inside at once; the fraction is progress towards one more. */
  readonly allowed: number
  /** After rate limits, `allowed` grows fast up to here. */
  readonly recoverTo: number
  /** How many requests may enter in a second. */
  readonly perSecond: number
  /** The rate that was refused last; `Infinity` if none was. */
  readonly refusedPerSecond: number
  /** No request enters before this time. */
  readonly pausedUntilMs: number
  /** Whether the provider named the time. */
  readonly pauseWasAsked: boolean
  /** Rate limits hit since the last success. */
  readonly refusals: number
}

/** What went on when a request was refused. */
interface Traffic {
  /** How many requests were inside, the refused one included. */
  readonly inside: number
  /** How many entered in the last second and were not refused so far. */
  readonly accepted: number
}

const firstPauseMs = 1_000
const maxPauseMs = 60_000

/** A gate of which nothing is known begins with this rate: a provider's refusal is then heard before many are sent in vain. */
const firstPerSecond = 100
/** Until the first refusal, each success raises the rate by this much. */
const rampPerSuccess = 5
const minPerSecond = 0.1

/*
 * A provider that refuses a request says that there were too many in some time, or too many at once, and rarely which. Most limits
 * are rates, so the first refusal sets the rate to nine tenths of what was accepted in the last second, and successes
 * raise it again: fast until near the rate that was refused, then slowly, and faster again beyond it. So a gate settles just below
 * the limit, and finds out when the limit is raised.
 *
 * If requests are refused again before one is answered, there may be too many at once, and their number is halved too.
 */

export function openGate({ concurrentRequests = Infinity }: ModelLimits): GateState {
  return {
    allowed: concurrentRequests,
    recoverTo: 1,
    perSecond: firstPerSecond,
    refusedPerSecond: Infinity,
    pausedUntilMs: 0,
    pauseWasAsked: false,
    refusals: 0,
  }
}

/**
 * A rate limit slows the gate and pauses it: for as long as the provider said, else for a pause that doubles each time.
 * Requests that were inside together are refused together, which counts as one event: during the pause, further refusals may extend
 * it and do nothing else. Other failures pause the gate only if the provider named a time.
 */
export function afterFailure(state: GateState, failure: ModelFailure, traffic: Traffic, nowMs: number): GateState {
  if (failure.kind !== 'try-again') return state
  const requestedMs = failure.afterMs === undefined ? 0 : nowMs + failure.afterMs
  const extended =
    requestedMs > state.pausedUntilMs ? { ...state, pausedUntilMs: requestedMs, pauseWasAsked: true } : state
  if (failure.because !== 'rate-limit' || nowMs < state.pausedUntilMs) return extended
  const ownPauseMs = Math.min(firstPauseMs * 2 ** state.refusals, maxPauseMs)
  return {
    ...(failure.afterMs === undefined
      ? { ...state, pausedUntilMs: nowMs + ownPauseMs, pauseWasAsked: false }
      : extended),
    ...slowDown(state, traffic),
    refusals: state.refusals + 1,
  }
}

function slowDown(state: GateState, { inside, accepted }: Traffic): Partial<GateState> {
  const isAgain = state.refusals > 0
  const refusedPerSecond = Math.min(state.perSecond, Math.max(accepted, 2))
  return {
    // Refused again, and nothing else was let in: that says nothing about the rate.
    ...(!(isAgain && accepted < 2) && {
      refusedPerSecond,
      perSecond: Math.max(minPerSecond, refusedPerSecond * (accepted < 2 ? 0.7 : 0.9)),
    }),
    ...(isAgain
      ? { allowed: Math.max(1, Math.floor(Math.min(state.allowed, inside) / 2)) }
      : { recoverTo: Math.max(1, Math.floor(Math.min(state.allowed, inside) / 2)) }),
  }
}

/**
 * Raises the rate, and allows one more request inside: for every success until half of what was inside at the first rate
 * limit is allowed again, then for every `allowed` successes. Successes during a pause began before it and do not count.
 */
export function afterSuccess(
  state: GateState,
  { concurrentRequests = Infinity }: ModelLimits,
  nowMs: number,
): GateState {
  if (nowMs < state.pausedUntilMs) return state
  const { allowed, recoverTo, perSecond } = state
  const more = allowed < recoverTo ? 1 : 1 / allowed
  return {
    ...state,
    allowed: Math.min(concurrentRequests, allowed + more),
    perSecond: perSecond + raiseRate(state),
    refusals: 0,
  }
}

/** Five percent a second of what succeeds, at most two percent a success; much less near the rate that was refused. */
function raiseRate({ perSecond, refusedPerSecond }: GateState): number {
  if (refusedPerSecond === Infinity) return rampPerSuccess
  const distance = Math.abs(perSecond / refusedPerSecond - 1)
  return Math.min(0.05, 0.02 * perSecond) * (distance < 0.03 ? 0.05 : 1)
}

/** What a gate that had nothing to do for a while may catch up with. */
const catchUpMs = 100

/** When the request after one that enters now may follow it. @param nextMs the same, as it was for that one */
export function paceNext({ perSecond }: GateState, nextMs: number, nowMs: number): number {
  return Math.max(nextMs, nowMs - catchUpMs) + 1_000 / perSecond
}
