import { renderP, renderPercent } from '../format.ts'
import type { PairedRuns } from './compare-pair.ts'

interface Judgement {
  readonly better: string | null
  readonly verdict: string
}

/** Below this p, the exact test decides for a run. */
const significance = 0.05

/**
 * What a pair's exact test and interval mean together. They measure different things, the tasks entirely solved and the
 * mean share of test outputs, and near the threshold they may disagree. The test decides whether one run is better: it is exact for
 * any number of tasks and adjusted for the number of comparisons; the interval is neither. The interval says by how much.
 *
 * @param p of McNemar's test, adjusted for all pairs that are shown together
 */
export function judgePair({ a, b, difference, only_a, only_b }: PairedRuns, p: number): Judgement {
  const isApart = difference.low > 0 || difference.high < 0
  const range = `${points(difference.low)} to ${points(difference.high)} points`
  if (p >= significance) {
    const verdict = isApart
      ? `Not decided: the interval excludes 0, but the exact test decides, and by that test chance alone gives so uneven a count in ${chance(p)} of cases (less than 5 % is needed); more tasks or a second run would tell.`
      : `No difference is shown: the true one may be anything from ${range}.`
    return { better: null, verdict }
  }
  const [better, other] = only_a.length > only_b.length ? [a, b] : [b, a]
  const isSameWay = better === a ? difference.low > 0 : difference.high < 0
  const verdict = isSameWay
    ? `${better} is better than ${other}: exact test and interval agree (p = ${renderP(p)}).`
    : `${better} solves more tasks than ${other} by the exact test, which decides; how far apart their leaderboard scores are is not settled: the difference may be ${range}.`
  return { better, verdict }
}

function points(share: number): string {
  return `${share < 0 ? '−' : '+'}${renderPercent(Math.abs(share))}`
}

function chance(p: number): string {
  return `${(100 * p).toFixed(p < 0.1 ? 1 : 0)} %`
}
