import type { RunProgress } from './read-run-progress.ts'

/** Fewer answers tell no pace. */
const minReplies = 5

/** After a silence of this many usual gaps the pace is no longer known. */
const maxSilence = 10

type Paced = Pick<RunProgress, 'state' | 'stored' | 'wanted' | 'replyTimes' | 'heldBack'>

/**
 * When an open run will have all its answers, by the pace of the latest.
 *
 * @returns undefined if that cannot be known: it is paused or ending, its solver decides how much it asks, or too few answers came
 */
export function estimateSecondsLeft(
  { state, stored, wanted, replyTimes, heldBack }: Paced,
  nowMs: number,
): number | undefined {
  if (state.state !== 'running' || state.ending !== null || wanted === null || heldBack !== null) return undefined
  const [first] = replyTimes
  const last = replyTimes.at(-1)
  if (first === undefined || last === undefined || replyTimes.length < minReplies || wanted <= stored) return undefined
  const gapMs = (last - first) / (replyTimes.length - 1)
  const silenceMs = nowMs - last
  if (gapMs === 0 || silenceMs > Math.max(maxSilence * gapMs, 30_000)) return undefined
  // A silence longer than usual counts: the pace is falling.
  const paceMs = (Math.max(last, nowMs - gapMs) - first) / (replyTimes.length - 1)
  return ((wanted - stored) * paceMs) / 1000
}
