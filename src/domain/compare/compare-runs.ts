import { canonicalJson } from '../canonical-json.ts'
import { count } from '../count.ts'
import { listSome } from '../format.ts'
import type { RunDocument } from '../results/run-document.ts'
import { describeDifferences, type Specification } from '../runs/specification.ts'
import { scoreTallies, type SplitScores } from '../scores/score-tallies.ts'
import { comparePair, type PairedRuns } from './compare-pair.ts'
import { listPendingTasks, type ComparedRun } from './compared-run.ts'
import { judgePair } from './judge-pair.ts'
import { adjustByHolm } from './mcnemar.ts'

/** The document of `compare --json`. Fields may be added, none renamed. */
export interface Comparison {
  /** Each as in `report --json`, over all of its own tasks. */
  readonly runs: readonly RunDocument[]
  /** Number of tasks common to all runs (recorded by all, if `basis` is `recorded`); the fields below cover only these. */
  readonly common_tasks: number
  /** `recorded`: a run is unfinished, and tasks that it may still get to are left out. `all`: unrecorded tasks are wrong. */
  readonly basis: 'all' | 'recorded'
  /** Unfinished runs, with the number of their unrecorded tasks. */
  readonly unrecorded: readonly { readonly run: string; readonly tasks: number }[]
  /** Per run, in order, and per split. */
  readonly scores: readonly RunScores[]
  readonly pairs: readonly (PairedRuns & {
    /** Adjusted by Holm for all the pairs here. */
    readonly mcnemar_p_holm: number
    /** The run that solves more tasks, by the exact test; null if it does not decide. */
    readonly better: string | null
    /** One sentence: what the exact test and the interval together mean, and which of them decides. */
    readonly verdict: string
    /** What else the runs differ in besides their model, in words. */
    readonly differs: readonly string[]
  })[]
  /** Per split, runs that no other beats in score at the same or lower cost; none if runs have different tasks, since costs cover all of a run's tasks. */
  readonly pareto: readonly SplitPareto[]
  /** For runs that asked the same model the same questions: how much they vary. */
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
  /** Of the sample: divided by one less than the number of runs. */
  readonly standard_deviation: number
}

/** Tasks of some runs that others lack, in words; empty if all have the same. */
export function describeTaskDifferences(runs: readonly ComparedRun[]): string[] {
  const common = new Set(listCommonTasks(runs))
  return runs
    .filter(({ tasks }) => tasks.size > common.size)
    .map(({ document, tasks }) => {
      const extraTasks = [...tasks].filter(([task]) => !common.has(task)).map(([, { name }]) => name)
      const are = extraTasks.length === 1 ? 'is' : 'are'
      return `${document.run_id} has ${count(extraTasks.length, 'task')} that ${are} not in every run: ${listSome(extraTasks, 5)}`
    })
}

function listCommonTasks(runs: readonly ComparedRun[]): string[] {
  const [first, ...others] = runs
  return [...(first?.tasks.keys() ?? [])].filter((task) => others.every(({ tasks }) => tasks.has(task)))
}

/** The tasks to compare on: those of all runs, without those that an unfinished run may still get to. */
export function listComparedTasks(runs: readonly ComparedRun[], allTasks: boolean): string[] {
  const leftOut = new Set(allTasks ? [] : runs.flatMap(listPendingTasks))
  return listCommonTasks(runs).filter((task) => !leftOut.has(task))
}

export interface ComparisonOptions {
  /** Count unrecorded tasks as wrong, even those of unfinished runs. */
  readonly allTasks?: boolean
}

/**
 * Compares every run with every other, task by task, on the tasks common to all. While a run is unfinished, these are
 * the tasks recorded by all: counting the others as wrong would compare how far the runs have got.
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
  const adjustedPs = adjustByHolm(pairs.map(({ mcnemar_p }) => mcnemar_p))
  const scores = runs.flatMap((run) => scoreRun(run, tasks))
  const sameTasks = runs.every((run) => run.tasks.size === tasks.length)
  return {
    runs: runs.map(({ document }) => document),
    common_tasks: tasks.length,
    basis: !allTasks && pending.some(({ tasks }) => tasks.length > 0) ? 'recorded' : 'all',
    unrecorded: pending.filter(({ tasks }) => tasks.length > 0).map(({ run, tasks }) => ({ run, tasks: tasks.length })),
    scores,
    pairs: pairs.map((pair, index) => {
      const p = adjustedPs[index] ?? 1
      return { ...pair, mcnemar_p_holm: p, ...judgePair(pair, p) }
    }),
    pareto: sameTasks ? listSplits(scores).map((split) => ({ ...split, runs: findPareto(runs, scores, split) })) : [],
    spreads: describeSpreads(runs, scores),
  }
}

/** A run's specification without its model and its tasks, which are compared separately. */
function readParameters({ specification }: ComparedRun['run']): Specification {
  const noTasks = { items_hash: '', item_count: 0 }
  return specification.kind === 'verification'
    ? { ...specification, ...noTasks, programs_hash: '' }
    : { ...specification, ...noTasks, model: { provider: '', id: '' } }
}

interface Split {
  readonly dataset: string
  readonly split: string
}

function scoreRun({ run: { specification }, document, tasks }: ComparedRun, compared: readonly string[]): RunScores[] {
  if (specification.kind === 'verification') return []
  const tallies = compared.flatMap((task) => tasks.get(task) ?? [])
  return scoreTallies(tallies, specification.samples).map((scores) => ({ run: document.run_id, ...scores }))
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

/** An unknown cost cannot beat anything. */
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
  const groups = Map.groupBy(runs, ({ run }) => canonicalJson(withoutSeed(run.specification)))
  return [...groups.values()]
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

/** Runs that differ only in their seed ask the same. */
function withoutSeed(specification: Specification): unknown {
  return specification.kind === 'verification'
    ? specification
    : { ...specification, sampling: { ...specification.sampling, seed: undefined } }
}
