import type { ModelFailure } from '../../domain/models/model-failure.ts'

/** Whether a model seems to be down, and how it is probed. Pure, as `gate-rules.ts` is. */
export interface Outage {
  /** Failures in a row, with no answer in between. Those that come during a pause are one event. */
  readonly failures: number
  /** The next probe leaves no earlier. */
  readonly pausedUntilMs: number
  /** Probes that are in flight, and when the last one left. */
  readonly probes: number
  readonly probedAtMs: number
}

export const noOutage: Outage = { failures: 0, pausedUntilMs: 0, probes: 0, probedAtMs: 0 }

/** One failure is a whim, and a few in a row are bad luck. */
const minFailures = 5
const firstPauseMs = 1_000
const maxPauseMs = 60_000

/*
 * When a provider is down, everything that waits would ask it again and again: eighty samples send eighty requests a minute for
 * as long as that lasts, each with two lines in the ledger. So after five failures in a row a model is probed instead: one
 * request at a time, after pauses that double up to a minute. The first answer lets everybody in again.
 *
 * A probe that neither fails nor answers may be a model that thinks for long, so after a minute another one leaves.
 *
 * Rate limits are not among these failures: they have rules of their own, and say that the provider is up. Nor are replies that
 * cannot be used: of those each sample gets a few and no more, and whoever waits should soon be told.
 */

export function isDown({ failures }: Outage): boolean {
  return failures >= minFailures
}

export function countFailure(outage: Outage, failure: ModelFailure, nowMs: number): Outage {
  if (!isOfOutage(failure) || nowMs < outage.pausedUntilMs) return outage
  const failures = outage.failures + 1
  const pauseMs = Math.min(firstPauseMs * 2 ** (failures - minFailures), maxPauseMs)
  return { ...outage, failures, pausedUntilMs: failures < minFailures ? 0 : nowMs + pauseMs }
}

function isOfOutage(failure: ModelFailure): boolean {
  if (failure.kind !== 'try-again' || failure.because === 'rate-limit') return false
  return !failure.few || failure.because === 'no-reply'
}

/** Whatever was answered, or refused for what was in it, was no outage. */
export function endOutage(outage: Outage): Outage {
  return { ...outage, failures: 0, pausedUntilMs: 0 }
}

export function beginProbe(outage: Outage, nowMs: number): Outage {
  return { ...outage, probes: outage.probes + 1, probedAtMs: nowMs }
}

export function endProbe(outage: Outage): Outage {
  return { ...outage, probes: outage.probes - 1 }
}

/** When the next request may leave, as far as outages are concerned: now or earlier, or later. */
export function findNextProbeMs(outage: Outage): number {
  if (!isDown(outage)) return 0
  return outage.probes === 0 ? outage.pausedUntilMs : Math.max(outage.pausedUntilMs, outage.probedAtMs + maxPauseMs)
}
