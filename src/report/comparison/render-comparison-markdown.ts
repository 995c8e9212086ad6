import type { Comparison } from '../../domain/compare/compare-runs.ts'
import { escapeMarkdown, renderMarkdownTable } from '../markdown-table.ts'
import { comparisonHeadings, describeComparison, type PairView, type SplitView } from './describe-comparison.ts'

/**
 * A comparison as a Markdown document, with the names of all tasks on which runs differ.
 *
 * @param notes other things to know: tasks that were left out or count as wrong
 */
export function renderComparisonMarkdown(comparison: Comparison, notes: readonly string[]): string {
  const { splits, pairs, spreads, method } = describeComparison(comparison)
  const lines = [
    '# Comparison of runs',
    '',
    ...renderList(notes),
    ...splits.flatMap(renderSplit),
    ...pairs.flatMap(renderPair),
    ...(spreads.length === 0 ? [] : ['## Repeated runs', '', ...renderList(spreads)]),
    escapeMarkdown(method),
  ]
  return `${lines.join('\n')}\n`
}

function renderSplit({ title, rows, notes }: SplitView): string[] {
  return [
    `## ${escapeMarkdown(title)}`,
    '',
    ...renderMarkdownTable(comparisonHeadings, rows),
    '',
    ...notes.flatMap((note) => [escapeMarkdown(note), '']),
  ]
}

function renderPair({ title, differenceWords, only, testWords, verdict, differs }: PairView): string[] {
  const facts = [
    ['leaderboard', differenceWords],
    ...only.map(({ run, tasks }) => [
      `only ${run} solved`,
      [String(tasks.length), tasks.join(', ')].filter(Boolean).join(': '),
    ]),
    ["McNemar's exact test", testWords],
  ]
  return [
    `## ${escapeMarkdown(title)}`,
    '',
    `**${escapeMarkdown(verdict)}**`,
    '',
    ...renderMarkdownTable(['', 'difference'], facts),
    '',
    ...renderList(differs),
  ]
}

function renderList(lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [...lines.map((line) => `- ${escapeMarkdown(line)}`), '']
}
