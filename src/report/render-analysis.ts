import { count } from '../domain/count.ts'
import { nameTask, renderCost, renderDuration, renderTokens } from '../domain/format.ts'
import type { RunAnalysis, SolvedShare, Spread } from './analyze-run.ts'
import { explainReasoning } from './explain-reasoning.ts'
import { renderMarkdownTable } from './markdown-table.ts'
import { renderEvidence } from './render-evidence.ts'
import { nameException, placeException, type ExceptionCount } from './tally-exceptions.ts'
import type { TaskRow } from './task-row.ts'

/** Maximum length of the lists of nearest, slowest and most expensive tasks. */
const maxNamed = 10

/** What a report says beyond its summary, in Markdown. Text of programs is escaped. */
export function renderAnalysis(analysis: RunAnalysis): string {
  const recordedTasks = analysis.per_task.filter(({ samples }) => samples > 0)
  return [
    ...renderPrograms(analysis),
    ...renderTable('Exceptions of programs', ['exception', 'programs'], listCounts(analysis.error_types)),
    ...renderTable('Most frequent exceptions', exceptionHeadings, listExceptions(analysis.exceptions)),
    ...renderTable('Wrong test outputs', ['how much is wrong', 'outputs'], listCounts(analysis.wrong_outputs)),
    ...renderTable("Solved, by the task's largest grid", ['largest grid', 'solved'], listShares(analysis.by_grid_size)),
    ...renderTable('Solved, by train pairs', ['train pairs', 'solved'], listShares(analysis.by_train_pairs)),
    ...renderTable(
      'Nearest misses',
      ['task', 'sample', 'cells wrong'],
      analysis.nearest_misses.map(({ task_id, sample, cells, cells_right }) => [
        task_id,
        String(sample + 1),
        `${cells - cells_right} of ${cells}`,
      ]),
    ),
    ...renderTable('Slowest tasks', ['task', 'time'], listSlowest(recordedTasks)),
    ...renderTable('Most expensive tasks', ['task', 'completion tokens', 'cost'], listMostExpensive(recordedTasks)),
    ...renderTable('Tasks', taskHeadings, listTasks(analysis.per_task)),
  ].join('\n')
}

function renderPrograms({ programs, reasoning, completion_tokens, program_characters }: RunAnalysis): string[] {
  return [
    '## Answers and programs',
    '',
    ...renderSpread('Completion tokens per answer', completion_tokens),
    ...(reasoning === null
      ? []
      : [`- ${explainReasoning(reasoning)}`, ...renderSpread('Characters per explanation', reasoning.characters)]),
    ...(programs.total === 0
      ? []
      : [
          ...renderSpread('Characters of a program', program_characters),
          `- ${count(programs.total, 'program')}, ${programs.distinct} distinct within their tasks; ${programs.train_correct} right on all train pairs, ${programs.test_correct} on all test pairs.`,
          `- Evidence, not part of any score: ${renderEvidence(programs)}.`,
        ]),
    '',
  ]
}

function renderSpread(name: string, spread: Spread | null): string[] {
  if (spread === null) return []
  return [`- ${name}: median ${spread.median}, 90th percentile ${spread.p90}, range ${spread.least} to ${spread.most}.`]
}

export const exceptionHeadings = ['exception', 'programs', 'first in']

export function listExceptions(exceptions: readonly ExceptionCount[]): string[][] {
  return exceptions.slice(0, maxNamed).map((each) => [nameException(each), String(each.programs), placeException(each)])
}

export const taskHeadings = [
  'task',
  'split',
  'what became of it',
  'outputs',
  'right samples',
  'train-correct',
  'time',
  'tokens',
]

export function listTasks(rows: readonly TaskRow[]): string[][] {
  return rows.map((row) => [
    nameTask(row),
    row.split,
    row.resolution ?? (row.samples > 0 ? 'recorded' : 'not-recorded'),
    row.resolution === null ? '–' : `${row.matched}/${row.outputs}`,
    row.resolution === null ? '–' : `${row.right}/${row.samples}`,
    String(row.train_correct),
    renderDuration(row.seconds),
    renderTokens(row.completion_tokens),
  ])
}

export function listSlowest(rows: readonly TaskRow[]): string[][] {
  return rows
    .toSorted((a, b) => b.seconds - a.seconds)
    .slice(0, maxNamed)
    .map((row) => [nameTask(row), renderDuration(row.seconds)])
}

/** By cost, or by tokens if nothing has a price. */
export function listMostExpensive(rows: readonly TaskRow[]): string[][] {
  return rows
    .toSorted(
      (a, b) => (b.cost_usd ?? 0) - (a.cost_usd ?? 0) || (b.completion_tokens ?? 0) - (a.completion_tokens ?? 0),
    )
    .slice(0, maxNamed)
    .map((row) => [
      nameTask(row),
      renderTokens(row.completion_tokens),
      row.cost_usd === null ? 'unknown' : renderCost(row.cost_usd),
    ])
}

function listCounts(counts: Readonly<Record<string, number>>): string[][] {
  return Object.values(counts).every((number) => number === 0)
    ? []
    : Object.entries(counts).map(([name, number]) => [name, String(number)])
}

function listShares(shares: readonly SolvedShare[]): string[][] {
  return shares.map(({ label, tasks, solved }) => [label, `${solved} of ${tasks}`])
}

function renderTable(title: string, headings: readonly string[], rows: readonly (readonly string[])[]): string[] {
  return rows.length === 0 ? [] : [`## ${title}`, '', ...renderMarkdownTable(headings, rows), '']
}
