import { bootstrapIntervals } from './bootstrap.ts'
import { exactInterval, wilsonInterval, type Interval } from './intervals.ts'
import { passAtK } from './pass-at-k.ts'
import type { ItemTally } from './tally-item.ts'

/** A number with its 95 % interval over tasks: low ≤ value ≤ high, and low < high. */
export interface Score {
  readonly value: number
  readonly low: number
  readonly high: number
}

/**
 * The scores of a run on one split of one dataset. Their denominators are the items of the run as they stood when it began:
 * what is missing, failed or unreadable counts as wrong.
 */
export interface SplitScores {
  readonly dataset: string
  readonly split: string
  readonly tasks: number
  /** Over all of them. */
  readonly test_outputs: number
  /** Mean over tasks of (test outputs matched by either of two attempts ÷ test outputs): what ARC Prize's leaderboard counts. */
  readonly leaderboard: Score
  /** Tasks with every test output matched by either of two attempts ÷ tasks. */
  readonly strict: Score
  /** Test outputs matched by either of two attempts ÷ test outputs, over all tasks together. */
  readonly per_output: Score
  /** For k = 1 to N: mean over tasks of the chance that one of k samples is right on all test outputs. An oracle's, never a score to publish as reached. */
  readonly pass_at: readonly Score[]
}

/** Scores per dataset and split, in the order of their names: never one number over several. */
export function scoreTallies(tallies: readonly ItemTally[], samples: number): SplitScores[] {
  const splits = Map.groupBy(tallies, ({ dataset, split }) => JSON.stringify([dataset, split]))
  return [...splits.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, members]) => {
      const [first] = members
      return first ? [{ dataset: first.dataset, split: first.split, ...scoreSplit(members, samples) }] : []
    })
}

function scoreSplit(tallies: readonly ItemTally[], samples: number): Omit<SplitScores, 'dataset' | 'split'> {
  const kinds = listKinds(tallies, samples)
  const counts = kinds.map(({ count }) => count)
  const compute = (drawn: ArrayLike<number>) => computeValues(kinds, drawn, samples)
  const [leaderboard = 0, strict = 0, perOutput = 0, ...passAt] = compute(counts)
  const intervals = bootstrapIntervals(counts, compute)
  const tasks = tallies.length
  return {
    tasks,
    test_outputs: tallies.reduce((sum, { outputs }) => sum + outputs, 0),
    leaderboard: bound(leaderboard, tasks, intervals[0]),
    strict: bound(strict, tasks, wilsonInterval(strict, tasks)),
    per_output: bound(perOutput, tasks, intervals[2]),
    pass_at: passAt.map((value, index) => bound(value, tasks, intervals[3 + index])),
  }
}

/** Tasks that no score tells apart. */
interface Kind {
  readonly count: number
  readonly outputs: number
  readonly matched: number
  readonly share: number
  readonly passAt: readonly number[]
}

function listKinds(tallies: readonly ItemTally[], samples: number): Kind[] {
  const groups = Map.groupBy(tallies, ({ outputs, matched, right }) => [outputs, matched, right].join(' '))
  return [...groups.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, members]) => {
      const [first] = members
      if (first === undefined) return []
      const { outputs, matched, right } = first
      const passAt = Array.from({ length: samples }, (_, index) => passAtK(samples, right, index + 1))
      return [{ count: members.length, outputs, matched, share: matched / outputs, passAt }]
    })
}

/** Leaderboard, strict, per output, and pass@1 to pass@N, of so many tasks of each kind. */
function computeValues(kinds: readonly Kind[], drawn: ArrayLike<number>, samples: number): number[] {
  let tasks = 0
  let shares = 0
  let solved = 0
  let matched = 0
  let outputs = 0
  const passing = new Float64Array(samples)
  for (const [index, kind] of kinds.entries()) {
    const count = drawn[index] ?? 0
    if (count === 0) continue
    tasks += count
    shares += count * kind.share
    solved += kind.matched === kind.outputs ? count : 0
    matched += count * kind.matched
    outputs += count * kind.outputs
    for (let k = 0; k < samples; k += 1) passing[k] = (passing[k] ?? 0) + count * (kind.passAt[k] ?? 0)
  }
  return [shares / tasks, solved / tasks, matched / outputs, ...Array.from(passing, (sum) => sum / tasks)]
}

/** Below this an interval has no width but by rounding. */
const noWidth = 1e-12

/**
 * Puts a value into its interval. Resampling what is all alike would claim certainty: where all or none are right the exact
 * interval stands instead, and Wilson's where every task has the same share.
 */
function bound(value: number, tasks: number, interval: Interval = [value, value]): Score {
  const [low, high] =
    value <= noWidth || value >= 1 - noWidth
      ? exactInterval(value > 0.5, tasks)
      : interval[1] - interval[0] < noWidth
        ? wilsonInterval(value, tasks)
        : interval
  return { value, low: Math.min(low, value), high: Math.max(high, value) }
}
