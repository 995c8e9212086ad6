import { chanceSumIsNegative } from './chance-sum-is-negative.ts'
import { findBound, tailChance, type Interval } from './interval.ts'

/** Tasks on which two runs differ by the same amount: one run's share minus the other's, from -1 to 1. */
export interface DifferingTasks {
  readonly tasks: number
  readonly difference: number
}

/** Required probability that the true value is past an end, in the worst case for the unseen task. */
const maxTailChance = 0.03

/**
 * The 95 % interval of the mean difference of two runs over the same tasks.
 *
 * As in `meanInterval`, tasks get random weights, and so does one more, unseen task. It is assumed to resemble those on which
 * the runs differ: it favours one run, the other, or neither, with probabilities estimated from how many tasks favoured
 * each. docs/scoring.md shows how often the interval holds; the numbers 1, 2 and 3 % were chosen there.
 *
 * @returns low ≤ value ≤ high, within [-1, 1], and low < high
 */
export function differenceInterval(kinds: readonly DifferingTasks[]): Interval {
  const tasks = kinds.reduce((sum, kind) => sum + kind.tasks, 0)
  const value = kinds.reduce((sum, kind) => sum + kind.tasks * kind.difference, 0) / tasks
  const turned = turn(kinds)
  const low = value < 1e-12 - 1 ? -1 : findBound(-1, value, (bound) => refuseDifference(kinds, bound))
  const high = value > 1 - 1e-12 ? 1 : -findBound(-1, -value, (bound) => refuseDifference(turned, bound))
  return [Math.min(low, value), Math.max(high, value)]
}

/** With the runs swapped: an upper bound is a lower bound of the other run's lead. */
export function turn(kinds: readonly DifferingTasks[]): DifferingTasks[] {
  return kinds.map(({ tasks, difference }) => ({ tasks, difference: -difference }))
}

/** How strongly these tasks speak against a true difference as low as `bound`: above 1, it is outside the interval. */
export function refuseDifference(kinds: readonly DifferingTasks[], bound: number): number {
  const add = (count: (difference: number) => number) =>
    kinds.reduce((sum, { tasks, difference }) => sum + tasks * count(difference), 0)
  const forFirst = add((difference) => Math.max(0, difference))
  const forSecond = add((difference) => Math.max(0, -difference))
  const share = (part: number, unseen: number) => (part + unseen) / (forFirst + forSecond + unseen)
  const terms = kinds.map(({ tasks, difference }) => ({ shape: tasks, factor: difference - bound }))
  const chanceWith = (difference: number) => chanceSumIsNegative([...terms, { shape: 1, factor: difference - bound }])
  const [against, neutral, inFavour] = [chanceWith(-1), chanceWith(0), chanceWith(1)]
  const mix = (chance: number, likely: number) => likely * chance + (1 - likely) * neutral
  const mid = (mix(against, share(forSecond, 1)) + mix(inFavour, share(forFirst, 1))) / 2
  return Math.max(mid / tailChance, mix(against, share(forSecond, 2)) / maxTailChance)
}
