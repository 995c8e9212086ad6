import type { ModelFailure } from '../../../domain/models/model-failure.ts'

/** Whether a model seems to be down, and how it is probed. Pure, like `gate-rules.ts`. */
export interface Outage {
  /** Failures in a row without an answer in between. Failures during a pause count as one. */
  readonly failures: number
  /** The next probe is sent no earlier. */
  readonly pausedUntilMs: number
  /** Probes in flight, and when the last one was sent. */
  readonly probes: number
  readonly probedAtMs: number
}

export const noOutage: Outage = { failures: 0, pausedUntilMs: 0, probes: 0, probedAtMs: 0 }

/** One failure means nothing, and a few in a row may be chance. */
const minFailures = 5
const firstPauseMs = 1_000
const maxPauseMs = 60_000

/*
 * When a provider is down, every waiting sample would ask it again and again: eighty samples send eighty requests a minute for as
 * long as that lasts, each with two lines in the ledger. So after five failures in a row a model is probed instead: one request
 * at a time, after pauses that double up to a minute. The first answer lets all requests through again.
 *
 * A probe that neither fails nor answers may be a model that thinks for a long time, so after a minute another probe is sent.
 *
 * Rate limits do not count as failures here: they have rules of their own, and show that the provider is up. Neither do unusable
 * replies: each sample tolerates only a few of them, and then fails soon.
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

/** An answer, or a refusal because of its content, shows that the model is up. */
export function endOutage(outage: Outage): Outage {
  return { ...outage, failures: 0, pausedUntilMs: 0 }
}

export function beginProbe(outage: Outage, nowMs: number): Outage {
  return { ...outage, probes: outage.probes + 1, probedAtMs: nowMs }
}

export function endProbe(outage: Outage): Outage {
  return { ...outage, probes: outage.probes - 1 }
}

/** When outage rules allow the next request: a time now or in the past if at once, else in the future. */
export function findNextProbeMs(outage: Outage): number {
  if (!isDown(outage)) return 0
  return outage.probes === 0 ? outage.pausedUntilMs : Math.max(outage.pausedUntilMs, outage.probedAtMs + maxPauseMs)
}
