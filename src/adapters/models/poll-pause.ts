const firstPauseMs = 1_000
const maxPauseMs = 15_000
const maxPauseAfterFailureMs = 60_000

/** How much of the time that a call has taken so far may pass before the provider is asked again. */
const share = 1 / 4

/**
 * How long to wait before a provider is asked again whether it has an answer: longer, the longer the answer takes, so that a
 * call of an hour is not asked about three thousand times and one of ten seconds is not late by ten.
 *
 * @param failures looks in a row that failed
 */
export function findPollPauseMs(callMs: number, failures: number): number {
  const pauseMs = Math.min(Math.max(callMs * share, firstPauseMs), maxPauseMs)
  if (failures === 0) return pauseMs
  return Math.min(Math.max(pauseMs, firstPauseMs * 2 ** failures), maxPauseAfterFailureMs)
}
