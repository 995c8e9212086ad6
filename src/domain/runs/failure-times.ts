/** Failed requests with no reply after them. */
interface Failures {
  /** ISO 8601, oldest first. */
  readonly times: readonly string[]
  /** Why the last one failed; empty if there is none. */
  readonly reason: string
}

export interface FailureTimes {
  add(answer: string, failure: { readonly at: string; readonly reason: string }): void
  /** An answer came, or a rejection: the model was reached. */
  addReply(answer: string, at: string): void
  /** When the last one came; empty if none did. */
  readonly lastReplyAt: string
  /** Of any request since the last reply. */
  sinceReply(since: string): Failures
  /** Of one answer that has not come yet. */
  of(answer: string, since: string): Failures
}

/** Collects ledger lines, which may come in any order. */
export function createFailureTimes(): FailureTimes {
  const byAnswer = new Map<string, Series>()
  const all = createSeries()
  let lastReplyAt = ''
  return {
    add(answer, failure) {
      const series = byAnswer.get(answer) ?? createSeries()
      byAnswer.set(answer, series)
      addTo(series, failure)
      if (failure.at > lastReplyAt) addTo(all, failure)
    },
    addReply(answer, at) {
      byAnswer.delete(answer)
      if (at <= lastReplyAt) return
      lastReplyAt = at
      all.times = all.times.filter((failedAt) => failedAt > at)
    },
    get lastReplyAt() {
      return lastReplyAt
    },
    sinceReply: (since) => take(all, since),
    of: (answer, since) => take(byAnswer.get(answer) ?? createSeries(), since),
  }
}

interface Series {
  times: string[]
  last: { readonly at: string; readonly reason: string }
}

function createSeries(): Series {
  return { times: [], last: { at: '', reason: '' } }
}

function addTo(series: Series, failure: Series['last']): void {
  series.times.push(failure.at)
  if (failure.at > series.last.at) series.last = failure
}

function take({ times, last }: Series, since: string): Failures {
  const recentTimes = times.filter((at) => at >= since).sort()
  return { times: recentTimes, reason: recentTimes.length === 0 ? '' : last.reason }
}

/** Longer than any pause between two tries: a longer gap means that nothing was tried, such as a night in which the computer slept. */
const maxGapMs = 30 * 60_000

/** How long something was tried in vain: from the first failure to the last, without the time in which nothing was tried. */
export function measureTryingMs(times: readonly string[]): number {
  const timesMs = times.map((at) => Date.parse(at))
  return timesMs.slice(1).reduce((sum, atMs, index) => sum + Math.min(atMs - (timesMs[index] ?? atMs), maxGapMs), 0)
}
