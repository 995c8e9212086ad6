import type { Comparison } from '../../domain/compare/compare-runs.ts'
import { renderCost, renderDuration } from '../../report/render-report.ts'
import type { RunDocument } from '../../domain/results/run-document.ts'
import { totalTokens } from '../../domain/models/usage.ts'
import type { Score, SplitScores } from '../../domain/scores/score-tallies.ts'
import { renderTable } from '../terminal/render-table.ts'

/** A terminal is no place for four hundred ids; `--json` has them all. */
const mostNames = 12

/** A comparison for people: scores, cost and time of each run, then each pair. */
export function renderComparison(comparison: Comparison): string {
  const { runs, common_tasks, basis, scores, pairs, pareto, spreads } = comparison
  const sameTasks = runs.every(({ tasks }) => tasks.total === common_tasks)
  const splits = Map.groupBy(scores, ({ dataset, split }) => `${dataset} ${split}`)
  const tables = [...splits].map(([split, members]) => {
    const best = pareto.find((each) => `${each.dataset} ${each.split}` === split)?.runs ?? []
    const rows = members.flatMap((each) => {
      const run = runs.find(({ run_id }) => run_id === each.run)
      return run ? [renderRun(run, each, best.includes(run.run_id))] : []
    })
    const which = sameTasks
      ? ''
      : `, the ${members[0]?.tasks} tasks that all runs have${basis === 'recorded' ? ' recorded' : ''}`
    const below = sameTasks
      ? '* no other run has a higher score at no higher cost'
      : 'cost, tokens and time are those of all tasks of a run'
    const unfinished = members.flatMap(({ run, dataset, split }) =>
      runs.filter(({ run_id }) => run_id === run).flatMap((each) => describeUnfinished(each, dataset, split)),
    )
    return `${split}${which}\n\n${renderTable(headings, rows)}\n\n${[below, ...unfinished].join('\n')}`
  })
  const spreadLines = spreads.map(
    ({ runs, dataset, split, mean, least, most, standard_deviation }) =>
      `${runs.join(', ')} asked the same on ${dataset} ${split}: leaderboard ${percent(mean)} % on average, from ${percent(least)} to ${percent(most)}, standard deviation ${percent(standard_deviation)}`,
  )
  return [...tables, ...pairs.map((pair) => renderPair(pair, pairs.length)), ...spreadLines].join('\n\n')
}

const headings = ['run', 'model', 'leaderboard', 'strict', 'pass@1', 'cost', 'a solved task', 'tokens', 'time', 'tasks']

function renderRun(run: RunDocument, scores: SplitScores, best: boolean): string[] {
  const { cost_usd, usage, tasks } = run
  const solved = run.solved_task_ids.length
  const [first] = scores.pass_at
  return [
    `${run.run_id}${best ? ' *' : ''}`,
    run.model ?? '–',
    renderScore(scores.leaderboard),
    `${percent(scores.strict.value)} %`,
    first === undefined ? '–' : `${percent(first.value)} %`,
    cost_usd === null ? 'unknown' : renderCost(cost_usd),
    cost_usd === null || solved === 0 ? '–' : renderCost(cost_usd / solved),
    totalTokens(usage)?.toLocaleString('en-US') ?? 'unknown',
    renderDuration(run.open_seconds),
    `${tasks.done}/${tasks.total}`,
  ]
}

/** Both rates of a run that is not finished, each by its name. */
function describeUnfinished(run: RunDocument, dataset: string, split: string): string[] {
  const isSplit = (each: SplitScores) => each.dataset === dataset && each.split === split
  const recorded = run.recorded_scores?.find(isSplit)
  const all = run.scores?.find(isSplit)
  if (recorded === undefined || all === undefined || recorded.tasks === all.tasks) return []
  return [
    `${run.run_id} is not finished: leaderboard ${renderScore(recorded.leaderboard)} over the ${recorded.tasks} tasks recorded, ${renderScore(all.leaderboard)} over all ${all.tasks} wanted`,
  ]
}

function renderPair(pair: Comparison['pairs'][number], pairs: number): string {
  const { a, b, dataset, split, tasks, difference, only_a, only_b, mcnemar_p, mcnemar_p_holm, verdict, differs } = pair
  const holm = pairs > 1 ? `, ${renderP(mcnemar_p_holm)} adjusted by Holm for ${pairs} comparisons` : ''
  return [
    `${a} less ${b}, on ${tasks} tasks of ${dataset} ${split}`,
    `  leaderboard  ${signed(difference.value)} points (${signed(difference.low)} to ${signed(difference.high)})`,
    `  only ${a} solved ${renderNames(only_a)}`,
    `  only ${b} solved ${renderNames(only_b)}`,
    `  McNemar's exact test: p = ${renderP(mcnemar_p)}${holm}`,
    `  ${verdict}`,
    ...differs.map((difference) => `  they differ in ${difference}`),
  ].join('\n')
}

function renderNames(names: readonly string[]): string {
  if (names.length === 0) return '0'
  return `${names.length}: ${names.slice(0, mostNames).join(', ')}${names.length > mostNames ? ' …' : ''}`
}

function renderScore({ value, low, high }: Score): string {
  return `${percent(value)} % (${percent(low)} to ${percent(high)})`
}

function renderP(p: number): string {
  return p < 0.001 ? p.toExponential(1) : p.toFixed(3)
}

function percent(share: number): string {
  return (100 * share).toFixed(1)
}

function signed(share: number): string {
  return `${share < 0 ? '−' : '+'}${percent(Math.abs(share))}`
}
