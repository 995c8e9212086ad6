import { describeDifferences, type Specification } from '../specification.ts'
import { canonicalJson } from '../canonical-json.ts'
import type { RunDocument } from '../run-document.ts'
import type { RunRecord } from '../run.ts'
import { comparePair, type PairedRuns } from './compare-pair.ts'
import type { ComparedRun } from './compared-run.ts'
import { adjustByHolm } from './mcnemar.ts'

/** What `compare --json` prints. Fields may be added, none renamed. */
export interface Comparison {
  readonly runs: readonly RunDocument[]
  readonly pairs: readonly (PairedRuns & {
    /** Adjusted by Holm for all the pairs here. */
    readonly mcnemar_p_holm: number
    /** What else the runs differ in but their model, in words. */
    readonly differs: readonly string[]
  })[]
  /** Runs, per split, that no other beats in score at no higher cost. */
  readonly pareto: readonly SplitPareto[]
  /** Of runs that asked the same of the same model: how much one run differs from the next. */
  readonly spreads: readonly Spread[]
}

interface SplitPareto {
  readonly dataset: string
  readonly split: string
  readonly runs: readonly string[]
}

interface Spread {
  readonly runs: readonly string[]
  readonly dataset: string
  readonly split: string
  readonly mean: number
  readonly least: number
  readonly most: number
  /** Of the sample: divided by one less than the runs. */
  readonly standard_deviation: number
}

/** Tasks of some runs that others do not have, in words; empty where all have the same. */
export function describeTaskDifferences(runs: readonly ComparedRun[]): string[] {
  const common = new Set(listCommonTasks(runs))
  return runs
    .filter(({ tasks }) => tasks.size > common.size)
    .map(({ document, tasks }) => {
      const own = [...tasks].filter(([task]) => !common.has(task)).map(([, { name }]) => name)
      return `${document.run_id} has ${own.length} ${own.length === 1 ? 'task' : 'tasks'} that not all have: ${own.slice(0, 5).join(', ')}${own.length > 5 ? ' …' : ''}`
    })
}

function listCommonTasks(runs: readonly ComparedRun[]): string[] {
  const [first, ...others] = runs
  return [...(first?.tasks.keys() ?? [])].filter((task) => others.every(({ tasks }) => tasks.has(task)))
}

/** Compares every run with every other, task by task, on the tasks that all of them have. */
export function compareRuns(runs: readonly ComparedRun[]): Comparison {
  const tasks = listCommonTasks(runs)
  const pairs = runs.flatMap((a, index) =>
    runs.slice(index + 1).flatMap((b) => {
      const differs = describeDifferences(readParameters(a.run), readParameters(b.run))
      return comparePair(a, b, tasks).map((pair) => ({ ...pair, differs }))
    }),
  )
  const adjusted = adjustByHolm(pairs.map(({ mcnemar_p }) => mcnemar_p))
  return {
    runs: runs.map(({ document }) => document),
    pairs: pairs.map((pair, index) => ({ ...pair, mcnemar_p_holm: adjusted[index] ?? 1 })),
    pareto: listSplits(runs).map((split) => ({ ...split, runs: findPareto(runs, split) })),
    spreads: describeSpreads(runs),
  }
}

/** What a run is, but for its model and its tasks: those have a place of their own. */
function readParameters({ specification }: RunRecord): Specification {
  const same = { items_hash: '', item_count: 0 }
  return specification.kind === 'verification'
    ? { ...specification, ...same, programs_hash: '' }
    : { ...specification, ...same, model: { provider: '', id: '' } }
}

interface Split {
  readonly dataset: string
  readonly split: string
}

function listSplits(runs: readonly ComparedRun[]): Split[] {
  const splits = runs.flatMap(({ document }) => document.scores ?? []).map(({ dataset, split }) => ({ dataset, split }))
  return [...new Map(splits.map((split) => [JSON.stringify(split), split])).values()]
}

function readLeaderboard({ document }: ComparedRun, { dataset, split }: Split): number | undefined {
  return document.scores?.find((scores) => scores.dataset === dataset && scores.split === split)?.leaderboard.value
}

/** A cost that nobody knows can beat nothing. */
function findPareto(runs: readonly ComparedRun[], split: Split): string[] {
  const points = runs.flatMap((run) => {
    const [score, cost] = [readLeaderboard(run, split), run.document.cost_usd]
    return score === undefined || cost === null ? [] : [{ id: run.document.run_id, score, cost }]
  })
  const beats = (a: (typeof points)[number], b: (typeof points)[number]) =>
    a.score >= b.score && a.cost <= b.cost && (a.score > b.score || a.cost < b.cost)
  return points.filter((point) => !points.some((other) => beats(other, point))).map(({ id }) => id)
}

function describeSpreads(runs: readonly ComparedRun[]): Spread[] {
  const alike = Map.groupBy(runs, ({ run }) => canonicalJson(withoutSeed(run.specification)))
  return [...alike.values()]
    .filter((members) => members.length > 1)
    .flatMap((members) =>
      listSplits(members).flatMap((split) => {
        const values = members.flatMap((run) => readLeaderboard(run, split) ?? [])
        if (values.length < 2) return []
        const mean = values.reduce((sum, value) => sum + value, 0) / values.length
        const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
        return [
          {
            runs: members.map(({ document }) => document.run_id),
            ...split,
            mean,
            least: Math.min(...values),
            most: Math.max(...values),
            standard_deviation: Math.sqrt(squares / (values.length - 1)),
          },
        ]
      }),
    )
}

/** Runs that differ in their seed alone ask the same. */
function withoutSeed(specification: Specification): unknown {
  return specification.kind === 'verification'
    ? specification
    : { ...specification, sampling: { ...specification.sampling, seed: undefined } }
}
