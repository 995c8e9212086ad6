const firstPauseMs = 1_000
const maxPauseMs = 15_000
const maxPauseAfterFailureMs = 60_000

/** How much of the time that a call has taken so far may pass before the provider is asked again. */
const share = 1 / 10

/** At most so many looks a second by one worker, whatever it waits for: providers count requests. */
const maxLooksPerSecond = 40

/**
 * How long to wait before a provider is asked again whether it has an answer: longer, the longer the answer takes, so that a
 * call of an hour is not asked about three thousand times and one of ten seconds is not late by ten.
 *
 * @param failures looks in a row that failed
 * @param calls that are waited for at the same time
 */
export function findPollPauseMs(callMs: number, failures: number, calls: number): number {
  const pauseMs = Math.max(Math.min(Math.max(callMs * share, firstPauseMs), maxPauseMs), spreadMs(calls))
  if (failures === 0) return pauseMs
  return Math.max(Math.min(firstPauseMs * 2 ** failures, maxPauseAfterFailureMs), pauseMs)
}

/** How far apart looks for so many calls are spread. */
export function spreadMs(calls: number): number {
  return (calls * 1_000) / maxLooksPerSecond
}
