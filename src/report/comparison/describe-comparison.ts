import type { Comparison } from '../../domain/compare/compare-runs.ts'
import { count } from '../../domain/count.ts'
import { nameSplit, renderCost, renderDuration, renderP, renderPercent, renderScore } from '../../domain/format.ts'
import { totalTokens } from '../../domain/models/usage.ts'
import type { RunDocument } from '../../domain/results/run-document.ts'
import type { Score, SplitScores } from '../../domain/scores/score-tallies.ts'

/** A comparison in words, the same for terminal, Markdown and HTML. */
export interface ComparisonView {
  readonly splits: readonly SplitView[]
  readonly pairs: readonly PairView[]
  /** A sentence for each group of runs that asked the same model the same questions. */
  readonly spreads: readonly string[]
  /** Selection rule and interval method used. */
  readonly method: string
}

export interface SplitView {
  readonly title: string
  /** A row for each run, under `comparisonHeadings`. */
  readonly rows: readonly (readonly string[])[]
  readonly leaderboard: readonly { readonly label: string; readonly score: Score }[]
  readonly notes: readonly string[]
}

export interface PairView {
  readonly title: string
  readonly difference: Score
  readonly differenceWords: string
  readonly only: readonly { readonly run: string; readonly tasks: readonly string[] }[]
  readonly testWords: string
  readonly verdict: string
  readonly differs: readonly string[]
}

export const comparisonHeadings = [
  'run',
  'model',
  'leaderboard',
  'strict',
  'pass@1',
  'cost',
  'a solved task',
  'tokens',
  'time',
  'tasks',
]

export function describeComparison(comparison: Comparison): ComparisonView {
  const { runs, scores, pairs, spreads } = comparison
  return {
    splits: [...Map.groupBy(scores, nameSplit).values()].map((members) => describeSplit(comparison, members)),
    pairs: pairs.map((pair) => describePair(pair, pairs.length)),
    spreads: spreads.map(
      ({ runs, dataset, split, mean, least, most, standard_deviation }) =>
        `${runs.join(', ')} asked the same model the same questions on ${nameSplit({ dataset, split })}: leaderboard ${renderPercent(mean)} % on average, from ${renderPercent(least)} to ${renderPercent(most)}, standard deviation ${renderPercent(standard_deviation)}`,
    ),
    method: [...new Set(runs.map(describeMethod))].join(' '),
  }
}

function describeSplit({ runs, common_tasks, basis, pareto }: Comparison, members: Comparison['scores']): SplitView {
  const [first] = members
  const name = first === undefined ? '' : nameSplit(first)
  const sameTasks = runs.every(({ tasks }) => tasks.total === common_tasks)
  const best = pareto.find((each) => nameSplit(each) === name)?.runs ?? []
  const scored = members.flatMap((scores) => {
    const run = runs.find(({ run_id }) => run_id === scores.run)
    return run === undefined ? [] : [{ run, scores }]
  })
  const which = `, the ${count(first?.tasks ?? 0, 'task')} ${basis === 'recorded' ? 'recorded by' : 'common to'} all runs`
  return {
    title: sameTasks ? name : `${name}${which}`,
    rows: scored.map(({ run, scores }) => describeRun(run, scores, best.includes(run.run_id))),
    leaderboard: scored.map(({ run, scores }) => ({ label: run.run_id, score: scores.leaderboard })),
    notes: [
      sameTasks
        ? '* no other run has a higher score at the same or lower cost'
        : 'cost, tokens and time cover all tasks of a run',
      ...scored.flatMap(({ run, scores }) => describeUnfinished(run, scores)),
    ],
  }
}

function describeRun(run: RunDocument, scores: SplitScores, best: boolean): string[] {
  const { cost_usd, usage, tasks } = run
  const solved = run.solved_task_ids.length
  const [first] = scores.pass_at
  return [
    `${run.run_id}${best ? ' *' : ''}`,
    run.model ?? '–',
    renderScore(scores.leaderboard),
    `${renderPercent(scores.strict.value)} %`,
    first === undefined ? '–' : `${renderPercent(first.value)} %`,
    cost_usd === null ? 'unknown' : renderCost(cost_usd),
    cost_usd === null || solved === 0 ? '–' : renderCost(cost_usd / solved),
    totalTokens(usage)?.toLocaleString('en-US') ?? 'unknown',
    renderDuration(run.open_seconds),
    `${tasks.done}/${tasks.total}`,
  ]
}

/** Both scores of an unfinished run, each labelled. */
function describeUnfinished(run: RunDocument, { dataset, split }: SplitScores): string[] {
  const isSplit = (each: SplitScores) => each.dataset === dataset && each.split === split
  const recordedScores = run.recorded_scores?.find(isSplit)
  const all = run.scores?.find(isSplit)
  if (recordedScores === undefined || all === undefined || recordedScores.tasks === all.tasks) return []
  return [
    `${run.run_id} is not finished: leaderboard ${renderScore(recordedScores.leaderboard)} over the ${count(recordedScores.tasks, 'task')} recorded, ${renderScore(all.leaderboard)} over all ${all.tasks}`,
  ]
}

function describePair(pair: Comparison['pairs'][number], pairs: number): PairView {
  const { a, b, dataset, split, tasks, difference, only_a, only_b, mcnemar_p, mcnemar_p_holm, verdict, differs } = pair
  const holm = pairs > 1 ? `, ${renderP(mcnemar_p_holm)} adjusted by Holm for ${pairs} comparisons` : ''
  return {
    title: `${a} minus ${b}, on ${count(tasks, 'task')} of ${nameSplit({ dataset, split })}`,
    difference,
    differenceWords: `${signed(difference.value)} points (${signed(difference.low)} to ${signed(difference.high)})`,
    only: [
      { run: a, tasks: only_a },
      { run: b, tasks: only_b },
    ],
    testWords: `p = ${renderP(mcnemar_p)}${holm}`,
    verdict,
    differs: differs.map((difference) => `they differ in ${difference}`),
  }
}

function describeMethod({ scoring: { selection_rule: rule, intervals } }: RunDocument): string {
  return `Attempts by rule ${rule.name} ${rule.version}. Intervals: ${100 * intervals.level} % over tasks, by ${intervals.method} ${intervals.version}.`
}

function signed(share: number): string {
  return `${share < 0 ? '−' : '+'}${renderPercent(Math.abs(share))}`
}
