import { listSome, nameSplit, renderCost, renderDuration, renderPercent, renderTokens } from '../domain/format.ts'
import { selectBottleneck } from '../domain/load/select-bottleneck.ts'
import { explainServed, listServedScores, servedScoreWords } from '../domain/results/explain-served.ts'
import type { RunDocument } from '../domain/results/run-document.ts'
import { describeLimits } from '../domain/runs/program-limits.ts'
import type { SandboxDescription } from '../domain/runs/record.ts'
import type { SplitScores } from '../domain/scores/score-tallies.ts'
import type { RunAnalysis } from './analyze-run.ts'
import { listScores } from './list-scores.ts'
import { ranUnprotected, unprotectedWords } from './ran-unprotected.ts'
import { renderEvidence } from './render-evidence.ts'
import { renderScores } from './render-scores.ts'
import { nameException, placeException } from './tally-exceptions.ts'

type Row = readonly [name: string, value: string]

/**
 * A run's report for people, in Markdown that also reads well as plain text.
 *
 * @param maxNames maximum number of tasks in a list before it says how many more there are
 * @param analysis adds how programs came to be right and why they failed, if nothing else printed says so
 */
export function renderReport(
  run: RunDocument,
  maxNames = Infinity,
  analysis?: Pick<RunAnalysis, 'programs' | 'error_types' | 'exceptions'>,
): string {
  const { tasks, results_path: results = run.results_file } = run
  const verification = run.kind === 'verification'
  const rows: Row[] = [
    ['Run', run.run_id],
    ['State', run.reason === null ? run.state : `${run.state}: ${run.reason}`],
    ['Tasks', `${tasks.done} of ${tasks.total} recorded${tasks.failed > 0 ? `, ${tasks.failed} failed` : ''}`],
    ...(verification ? listPrograms(run) : listAnswers(run)),
    ['Verdicts', renderCounts(run.verdicts)],
    ...(analysis === undefined || analysis.programs.total === 0
      ? []
      : [['Evidence', renderEvidence(analysis.programs)] satisfies Row]),
    ['Sandbox', run.sandboxes.map(renderSandbox).join('; ') || 'no program was run'],
    ...(run.sandboxes.length > 0 ? [['Limits', describeLimits(run.limits)] satisfies Row] : []),
    ...(verification ? [] : listCosts(run)),
    ['Time', renderDuration(run.open_seconds)],
    ...(results === null ? [] : [['Results', results] satisfies Row]),
  ]
  return [
    `# ${titles[run.kind]} ${run.run_id}`,
    '',
    ...(ranUnprotected(run.sandboxes) ? [`> **${unprotectedWords}**`, ''] : []),
    ...renderRows(rows),
    ...listScores(run).flatMap(({ scores, over }) => [
      `## Scores on ${nameSplit(scores)} (${over}; 95 % intervals over tasks in parentheses)`,
      '',
      ...renderRows(renderScores(scores)),
    ]),
    ...(run.scores ?? []).flatMap((scores) => renderServedScores(run, scores)),
    ...(verification
      ? renderList(
          'Tasks with a program that is not right',
          run.first_faults?.map(({ task, fault }) => `${task}: ${fault}`) ?? [],
          maxNames,
        )
      : [
          ...renderNames('Solved', run.solved_task_ids, maxNames),
          ...renderNames('Unsolved', run.unsolved_task_ids, maxNames),
          ...(analysis === undefined ? [] : renderExceptions(analysis)),
        ]),
    ...renderList(
      'Rejected by the provider',
      run.rejections.map(({ reason, count }) => `${count} × ${reason}`),
      maxNames,
    ),
    ...renderList('Left out', run.faults?.map(({ message }) => message) ?? [], maxNames),
    ...renderList(
      'Failed',
      run.failed_items.map(({ item, reason }) => `${item}: ${reason}`),
      maxNames,
    ),
  ].join('\n')
}

function renderRows(rows: readonly Row[]): string[] {
  const width = Math.max(...rows.map(([name]) => name.length))
  return ['```text', ...rows.map(([name, value]) => `${name.padEnd(width)}  ${value}`), '```', '']
}

export const titles = { benchmark: 'Benchmark', generation: 'Generation', verification: 'Verification' } as const

function listAnswers(run: RunDocument): Row[] {
  const { samples, requests } = run
  const limit = selectBottleneck(run.limited_by, run.gate_wait)
  return [
    ['Model', run.model ?? '–'],
    ...listServed(run),
    ...(run.scores === null ? [] : listSolved(run)),
    ['Samples', renderSamples(run)],
    [
      'Requests',
      `${requests.sent} sent, ${requests.failed} failed, ${requests.rejected} rejected, ${samples.repaid} paid for again`,
    ],
    ...(run.waiting_since === null
      ? []
      : [['In flight', `${requests.in_flight}, the oldest since ${renderTime(run.waiting_since)}`] satisfies Row]),
    ...run.batches.map((words): Row => ['Batch', words]),
    ...(run.gate_wait === undefined ? [] : [['Waiting', run.gate_wait] satisfies Row]),
    ...(run.failing_since === null
      ? []
      : [['Failing', `every request since ${renderTime(run.failing_since)}`] satisfies Row]),
    ...(limit === null ? [] : [['Limited by', `${limit.name}: ${limit.words}`] satisfies Row]),
    ...(run.waiting_for === null ? [] : [['Last failure', run.waiting_for] satisfies Row]),
    ['Outcomes', renderCounts(run.outcomes)],
  ]
}

function listServed({ served }: RunDocument): Row[] {
  const words = served === null ? '' : explainServed(served)
  return words === '' ? [] : [['Served by', words]]
}

/** The score above is that of a mixture: each part of it stands beside it. */
function renderServedScores({ served }: RunDocument, place: SplitScores): string[] {
  const rows = listServedScores(served, place)
  if (rows.length === 0) return []
  return [
    `## Score by host and snapshot on ${nameSplit(place)} (more than one answered)`,
    '',
    ...renderRows(rows.map(({ name, score, over }): Row => [name, `${score}   ${over}`])),
    `Each score is ${servedScoreWords}.`,
    '',
  ]
}

/** `2026-11-27 04:15:00 UTC`. */
function renderTime(at: string): string {
  return `${at.slice(0, 19).replace('T', ' ')} UTC`
}

function renderSamples({ samples, rejections }: RunDocument): string {
  const rejected = countRejected(rejections)
  const answered = `${samples.stored - rejected} of ${samples.wanted} answered`
  return rejected === 0 ? answered : `${answered}, ${rejected} rejected`
}

export function countRejected(rejections: RunDocument['rejections']): number {
  return rejections.reduce((sum, { count }) => sum + count, 0)
}

function listSolved(run: RunDocument): Row[] {
  const { total, done } = run.tasks
  const solved = run.solved_task_ids.length
  const share =
    done === total
      ? `${solved} of ${total} (${percent(solved, total)})`
      : `${solved} of ${done} recorded (${percent(solved, done)}), ${percent(solved, total)} of all ${total}`
  return [
    ['Solved', `${share}, by two attempts selected by train pairs alone`],
    ['Unsolved', renderUnsolved(run)],
    ['Any sample right', `${run.any_sample_right} of ${total} (an oracle's count, not a score)`],
  ]
}

/** Whether generation or selection failed. */
function renderUnsolved({ resolutions }: RunDocument): string {
  const { 'no-right-candidate': none, 'right-not-chosen': notChosen, 'not-recorded': notRecorded } = resolutions
  return [
    `${none} without a right candidate`,
    `${notChosen} with one that was not selected`,
    ...(notRecorded > 0 ? [`${notRecorded} not recorded`] : []),
  ].join(', ')
}

function listCosts(run: RunDocument): Row[] {
  const { usage, cost_usd, solved_task_ids, warnings } = run
  const solved = solved_task_ids.length
  const each = cost_usd === null || solved === 0 ? '' : `, ${renderCost(cost_usd / solved)} a solved task`
  return [
    ['Tokens', `${renderTokens(usage.prompt_tokens)} prompt, ${renderTokens(usage.completion_tokens)} completion`],
    ['Cost', `${cost_usd === null ? renderUnknownCost(run) : renderCost(cost_usd)}${each}`],
    ...listLost(run),
    ...warnings.map((warning) => ['Warning', warning] satisfies Row),
  ]
}

function listLost(run: RunDocument): Row[] {
  const lost = renderLostCost(run)
  return lost === '' ? [] : [['Possibly charged', lost]]
}

function listPrograms({ programs, samples }: RunDocument): Row[] {
  if (programs === undefined) return []
  const { total, distinct, train_correct, test_correct } = programs
  return [
    ['Programs', `${samples.stored} of ${total} run, ${distinct} distinct`],
    ['Right on train', `${train_correct} of ${samples.stored}`],
    ['Right on test', `${test_correct} of ${samples.stored}`],
  ]
}

function renderSandbox({ level, pythonVersion, numpyVersion }: SandboxDescription): string {
  return `${level === 'none' ? 'NONE (unprotected)' : level}, Python ${pythonVersion}, numpy ${numpyVersion}`
}

function renderNames(title: string, names: readonly string[], maxNames: number): string[] {
  if (names.length === 0) return []
  return [`## ${title} (${names.length})`, '', listSome(names, maxNames), '']
}

function renderList(title: string, lines: readonly string[], maxLines: number): string[] {
  if (lines.length === 0) return []
  const more = lines.length > maxLines ? [`- and ${lines.length - maxLines} more`] : []
  return [`## ${title} (${lines.length})`, '', ...lines.slice(0, maxLines).map((line) => `- ${line}`), ...more, '']
}

/** Maximum number of exceptions in the summary. */
const maxExceptions = 5

/** A verification lists the first fault of each task instead. */
function renderExceptions({ exceptions, error_types }: Pick<RunAnalysis, 'error_types' | 'exceptions'>): string[] {
  if (exceptions.length === 0) return []
  const total = Object.values(error_types).reduce((sum, programs) => sum + programs, 0)
  const listed = exceptions.slice(0, maxExceptions)
  const others = total - listed.reduce((sum, { programs }) => sum + programs, 0)
  return [
    `## Exceptions of programs (${total})`,
    '',
    ...listed.map((each) => `- ${each.programs} × ${nameException(each)} (first in ${placeException(each)})`),
    ...(others > 0 ? [`- and ${others} more`] : []),
    '',
  ]
}

function renderCounts(counts: Readonly<Record<string, number>>): string {
  const parts = Object.entries(counts).sort(([, a], [, b]) => b - a)
  return parts.length === 0 ? 'none' : parts.map(([name, count]) => `${count} ${name}`).join(', ')
}

function percent(part: number, whole: number): string {
  return whole === 0 ? '–' : `${renderPercent(part / whole)} %`
}

function renderUnknownCost(run: RunDocument): string {
  const bounds = renderCostBounds(run)
  return bounds === '' ? renderCost(null) : `unknown: ${bounds}`
}

/** Requests whose replies were lost with a worker may have been charged, and count against a budget. In an open run they may still arrive. */
export function renderLostCost({ cost_usd, cost_at_most_usd, ended_at }: RunDocument): string {
  if (cost_usd === null || ended_at === null) return ''
  const lost = 'for requests whose replies were lost'
  if (cost_at_most_usd === null) return `an unknown sum more ${lost}`
  const more = cost_at_most_usd - cost_usd
  return more > 1e-9 ? `at most ${renderCost(more)} more ${lost}` : ''
}

/** The bounds of an unknown cost; empty if those are unknown too. */
export function renderCostBounds({ cost_usd, cost_at_least_usd, cost_at_most_usd }: RunDocument): string {
  if (cost_usd !== null) return ''
  if (cost_at_most_usd === null) return cost_at_least_usd === 0 ? '' : `at least ${renderCost(cost_at_least_usd)}`
  return `at least ${renderCost(cost_at_least_usd)}, at most ${renderCost(cost_at_most_usd)}`
}
