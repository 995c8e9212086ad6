import { chanceSumIsNegative } from './chance-sum-is-negative.ts'
import { findBound, tailChance, type Interval } from './interval.ts'

/** Tasks with the same result in a score: `points` of at most `weight`. */
export interface ScoredTasks {
  readonly tasks: number
  readonly points: number
  readonly weight: number
}

/** If tasks are right or wrong, the true value is never beyond an end more often than this. */
const maxTailChance = 0.035

/**
 * The 95 % interval of a score Σ points ÷ Σ weight over tasks: a share of solved tasks, a mean of shares, a share of outputs.
 *
 * Every task gets a random weight (together an exchangeable Dirichlet distribution: the Bayesian bootstrap of Rubin 1981),
 * and so does one more, unseen task. Assuming that it is entirely wrong is the worst case for a value being
 * higher; that it is entirely right, the best. If tasks are right or wrong, the first makes the lower bound that of Clopper and
 * Pearson (1934), and the mean of both makes it the mid-P bound (Lancaster 1961); for other shares the first is Gaffke's bound
 * (2005). A value is outside if the mean of both says so at 2.5 % and the worst at 3.5 %: on average as sure as it claims,
 * and never much less. docs/scoring.md shows how often it holds.
 *
 * @returns low ≤ value ≤ high, within [0, 1], and low < high
 */
export function meanInterval(kinds: readonly ScoredTasks[]): Interval {
  const weight = kinds.reduce((sum, kind) => sum + kind.tasks * kind.weight, 0)
  const value = kinds.reduce((sum, kind) => sum + kind.tasks * kind.points, 0) / weight
  const low = value < 1e-12 ? 0 : findBound(0, value, (bound) => refuseMean(kinds, bound))
  const mirrored = mirror(kinds)
  const high = value > 1 - 1e-12 ? 1 : 1 - findBound(0, 1 - value, (bound) => refuseMean(mirrored, bound))
  return [Math.min(low, value), Math.max(high, value)]
}

/** Right and wrong swapped: an upper bound is a lower bound in the mirror. */
export function mirror(kinds: readonly ScoredTasks[]): ScoredTasks[] {
  return kinds.map((kind) => ({ ...kind, points: kind.weight - kind.points }))
}

/** How strongly these tasks speak against a true value as low as `bound`: above 1, it is outside the interval. */
export function refuseMean(kinds: readonly ScoredTasks[], bound: number): number {
  const tasks = kinds.reduce((sum, kind) => sum + kind.tasks, 0)
  const meanWeight = kinds.reduce((sum, kind) => sum + kind.tasks * kind.weight, 0) / tasks
  const terms = kinds.map(({ tasks, points, weight }) => ({ shape: tasks, factor: points - bound * weight }))
  const chanceWith = (points: number) =>
    chanceSumIsNegative([...terms, { shape: 1, factor: (points - bound) * meanWeight }])
  const worst = chanceWith(0)
  return Math.max((worst + chanceWith(1)) / 2 / tailChance, worst / maxTailChance)
}
