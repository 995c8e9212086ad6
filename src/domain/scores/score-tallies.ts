import { meanInterval, type ScoredTasks } from './mean-interval.ts'
import { passAtK } from './pass-at-k.ts'
import type { ItemTally } from './tally-item.ts'

/** A number with its 95 % interval over tasks: low ≤ value ≤ high, and low < high. */
export interface Score {
  readonly value: number
  readonly low: number
  readonly high: number
}

/**
 * The scores of a run on one split of one dataset. Their denominators are the items of the run when it started:
 * missing, failed or unreadable ones count as wrong.
 */
export interface SplitScores {
  readonly dataset: string
  readonly split: string
  readonly tasks: number
  /** Over all of them. */
  readonly test_outputs: number
  /** Mean over tasks of (test outputs matched by either of two attempts ÷ test outputs), as on ARC Prize's leaderboard. */
  readonly leaderboard: Score
  /** Tasks with every test output matched by either of two attempts ÷ tasks. */
  readonly strict: Score
  /** Test outputs matched by either of two attempts ÷ test outputs, over all tasks together. */
  readonly per_output: Score
  /** For k = 1 to N: mean over tasks of the probability that one of k samples is right on all test outputs. An oracle's: never publish it as a result. */
  readonly pass_at: readonly Score[]
}

/** Scores per dataset and split, ordered by name: never one number over several. */
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
  const score = (count: (tally: ItemTally) => number, weigh?: (tally: ItemTally) => number) =>
    scoreTasks(tallies, count, weigh)
  return {
    tasks: tallies.length,
    test_outputs: tallies.reduce((sum, { outputs }) => sum + outputs, 0),
    leaderboard: score(({ matched, outputs }) => matched / outputs),
    strict: score(({ matched, outputs }) => (matched === outputs ? 1 : 0)),
    per_output: score(
      ({ matched }) => matched,
      ({ outputs }) => outputs,
    ),
    pass_at: Array.from({ length: samples }, (_, index) => score(({ right }) => passAtK(samples, right, index + 1))),
  }
}

/** Points of all tasks ÷ their weights. Tasks with equal results are counted together, in a fixed order. */
export function scoreTasks<Tally>(
  tallies: readonly Tally[],
  count: (tally: Tally) => number,
  weigh: (tally: Tally) => number = () => 1,
): Score {
  const groups = new Map<string, { tasks: number; points: number; weight: number }>()
  for (const tally of tallies) {
    const [points, weight] = [count(tally), weigh(tally)]
    const key = `${weight} ${points}`
    const group = groups.get(key)
    if (group) group.tasks += 1
    else groups.set(key, { tasks: 1, points, weight })
  }
  const kinds = [...groups.values()].sort((a, b) => a.weight - b.weight || a.points - b.points)
  const sum = (add: (kind: ScoredTasks) => number) => kinds.reduce((total, kind) => total + kind.tasks * add(kind), 0)
  const value = sum(({ points }) => points) / sum(({ weight }) => weight)
  const [low, high] = meanInterval(kinds)
  return { value, low: Math.min(low, value), high: Math.max(high, value) }
}
