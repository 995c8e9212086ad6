import { canonicalJson } from '../canonical-json.ts'
import { count } from '../count.ts'
import type { RunDocument } from '../results/run-document.ts'
import type { RunRecord } from '../runs/run.ts'
import { describeDifferences, type Specification } from '../runs/specification.ts'
import { scoreTallies, type SplitScores } from '../scores/score-tallies.ts'
import { comparePair, type PairedRuns } from './compare-pair.ts'
import { listPendingTasks, type ComparedRun } from './compared-run.ts'
import { judgePair } from './judge-pair.ts'
import { adjustByHolm } from './mcnemar.ts'

/** What `compare --json` prints. Fields may be added, none renamed. */
export interface Comparison {
  /** Each as `report --json` prints it, over all of its own tasks. */
  readonly runs: readonly RunDocument[]
  /** Number of tasks that all runs have (and have recorded, where `basis` is `recorded`); the fields below cover only these. */
  readonly common_tasks: number
  /** `recorded`: a run is not finished, and tasks that it may still get to are left out. `all`: what is not recorded is wrong. */
  readonly basis: 'all' | 'recorded'
  /** Runs that are not finished, with how many of their tasks are not recorded. */
  readonly unrecorded: readonly { readonly run: string; readonly tasks: number }[]
  /** Of each run, in their order, per split. */
  readonly scores: readonly RunScores[]
  readonly pairs: readonly (PairedRuns & {
    /** Adjusted by Holm for all the pairs here. */
    readonly mcnemar_p_holm: number
    /** The run that solves more tasks, by the exact test; null where that does not show. */
    readonly better: string | null
    /** One sentence: what the exact test and the interval together mean, and which of them decides. */
    readonly verdict: string
    /** What else the runs differ in but their model, in words. */
    readonly differs: readonly string[]
  })[]
  /** Runs, per split, that no other beats in score at no higher cost; none where runs have different tasks, since costs are of all of them. */
  readonly pareto: readonly SplitPareto[]
  /** Of runs that asked the same of the same model: how much one run differs from the next. */
  readonly spreads: readonly Spread[]
}

interface RunScores extends SplitScores {
  readonly run: string
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
      return `${document.run_id} has ${count(own.length, 'task')} that not all have: ${own.slice(0, 5).join(', ')}${own.length > 5 ? ' …' : ''}`
    })
}

function listCommonTasks(runs: readonly ComparedRun[]): string[] {
  const [first, ...others] = runs
  return [...(first?.tasks.keys() ?? [])].filter((task) => others.every(({ tasks }) => tasks.has(task)))
}

/** The tasks that a comparison is over: those of all runs, without those that an unfinished run may still get to. */
export function listComparedTasks(runs: readonly ComparedRun[], allTasks: boolean): string[] {
  const leftOut = new Set(allTasks ? [] : runs.flatMap(listPendingTasks))
  return listCommonTasks(runs).filter((task) => !leftOut.has(task))
}

export interface ComparisonOptions {
  /** Counts tasks that are not recorded as wrong, also those of runs that are not finished. */
  readonly allTasks?: boolean
}

/**
 * Compares every run with every other, task by task, on the tasks that all of them have. While a run is not finished, these are
 * the tasks that all have recorded: counting the others as wrong would compare how far the runs have come.
 */
export function compareRuns(runs: readonly ComparedRun[], { allTasks = false }: ComparisonOptions = {}): Comparison {
  const pending = runs.map((run) => ({ run: run.document.run_id, tasks: listPendingTasks(run) }))
  const tasks = listComparedTasks(runs, allTasks)
  const pairs = runs.flatMap((a, index) =>
    runs.slice(index + 1).flatMap((b) => {
      const differs = describeDifferences(readParameters(a.run), readParameters(b.run))
      return comparePair(a, b, tasks).map((pair) => ({ ...pair, differs }))
    }),
  )
  const adjusted = adjustByHolm(pairs.map(({ mcnemar_p }) => mcnemar_p))
  const scores = runs.flatMap((run) => scoreRun(run, tasks))
  const sameTasks = runs.every((run) => run.tasks.size === tasks.length)
  return {
    runs: runs.map(({ document }) => document),
    common_tasks: tasks.length,
    basis: !allTasks && pending.some(({ tasks }) => tasks.length > 0) ? 'recorded' : 'all',
    unrecorded: pending.filter(({ tasks }) => tasks.length > 0).map(({ run, tasks }) => ({ run, tasks: tasks.length })),
    scores,
    pairs: pairs.map((pair, index) => {
      const p = adjusted[index] ?? 1
      return { ...pair, mcnemar_p_holm: p, ...judgePair(pair, p) }
    }),
    pareto: sameTasks ? listSplits(scores).map((split) => ({ ...split, runs: findPareto(runs, scores, split) })) : [],
    spreads: describeSpreads(runs, scores),
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

function scoreRun({ run: { run_id, specification }, tasks }: ComparedRun, compared: readonly string[]): RunScores[] {
  if (specification.kind === 'verification') return []
  const tallies = compared.flatMap((task) => tasks.get(task) ?? [])
  return scoreTallies(tallies, specification.samples).map((scores) => ({ run: run_id, ...scores }))
}

function listSplits(scores: readonly Split[]): Split[] {
  const splits = scores.map(({ dataset, split }) => ({ dataset, split }))
  return [...new Map(splits.map((split) => [JSON.stringify(split), split])).values()]
}

/** @returns by run */
function readLeaderboards(scores: readonly RunScores[], { dataset, split }: Split): ReadonlyMap<string, number> {
  const ofSplit = scores.filter((each) => each.dataset === dataset && each.split === split)
  return new Map(ofSplit.map(({ run, leaderboard }) => [run, leaderboard.value]))
}

/** A cost that nobody knows can beat nothing. */
function findPareto(runs: readonly ComparedRun[], scores: readonly RunScores[], split: Split): string[] {
  const leaderboards = readLeaderboards(scores, split)
  const points = runs.flatMap(({ document: { run_id: id, cost_usd: cost } }) => {
    const score = leaderboards.get(id)
    return score === undefined || cost === null ? [] : [{ id, score, cost }]
  })
  const beats = (a: (typeof points)[number], b: (typeof points)[number]) =>
    a.score >= b.score && a.cost <= b.cost && (a.score > b.score || a.cost < b.cost)
  return points.filter((point) => !points.some((other) => beats(other, point))).map(({ id }) => id)
}

function describeSpreads(runs: readonly ComparedRun[], scores: readonly RunScores[]): Spread[] {
  const alike = Map.groupBy(runs, ({ run }) => canonicalJson(withoutSeed(run.specification)))
  return [...alike.values()]
    .filter((members) => members.length > 1)
    .flatMap((members) =>
      listSplits(scores).flatMap((split) => {
        const leaderboards = readLeaderboards(scores, split)
        const values = members.flatMap(({ document }) => leaderboards.get(document.run_id) ?? [])
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
