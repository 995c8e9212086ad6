import { expect, test } from '@jest/globals'
import { micromark } from 'micromark'
import { gfmTable, gfmTableHtml } from 'micromark-extension-gfm-table'
import { buildReport } from '../../../test/support/build-report.ts'
import { buildPairs } from '../../../test/support/build-run.ts'
import { compareRuns } from '../../domain/compare/compare-runs.ts'
import { renderComparisonHtml } from './render-comparison-html.ts'
import { renderComparisonMarkdown } from './render-comparison-markdown.ts'

const solved = (index: number) => [{ passes: true, outputs: [buildPairs(index).test[0]?.output ?? null] }]
const missed = [{ passes: false, outputs: [[[5]]] }]
const indices = Array.from({ length: 30 }, (_, index) => index)
const comparison = compareRuns([
  buildReport(indices.map(solved), { runId: 'all_right', costUsd: 2 }),
  buildReport(
    indices.map((index) => (index % 2 === 0 ? solved(index) : missed)),
    { runId: 'half' },
  ),
])
const oddTasks = indices.filter((index) => index % 2 === 1).map((index) => `task-${index}`)

function renderAsGithub(markdown: string): string {
  return micromark(markdown, { extensions: [gfmTable()], htmlExtensions: [gfmTableHtml()] })
}

test('Markdown has a table with a row for each run, and names every task on which they differ', () => {
  const markdown = renderComparisonMarkdown(comparison, ['half is not finished'])
  const page = renderAsGithub(markdown)
  expect(page.match(/<table>/g)).toHaveLength(2)
  expect(page).toMatch(/<td>all_right \*<\/td>\n<td>MODEL<\/td>\n<td>100\.0 % \(/)
  expect(page).toContain('<li>half is not finished</li>')
  expect(page).toContain('<strong>all_right is better than half')
  for (const task of oddTasks) expect(page).toContain(task)
  expect(page).toContain('* no other run has a higher score at the same or lower cost')
})

test('HTML says the same, loads nothing and has no script', () => {
  const page = renderComparisonHtml(comparison, ['half is not finished'])
  expect(page).toContain(`content="default-src 'none'`)
  expect(page).not.toMatch(/<script|<link|<img|javascript:|\son\w+=|href=|src=|url\(/i)
  for (const words of ['half is not finished', 'all_right is better than half', 'solved 15 tasks', ...oddTasks]) {
    expect(page).toContain(words)
  }
})

test('text of runs and their models never becomes markup', () => {
  const hostile = `</p><script>alert(1)</script>|[x](http://x.y)~~\`a\``
  const told = {
    ...comparison,
    runs: comparison.runs.map((run) => ({ ...run, model: hostile })),
    pairs: comparison.pairs.map((pair) => ({ ...pair, differs: [hostile] })),
  }
  expect(renderComparisonHtml(told, [hostile])).not.toMatch(/<script|<\/p><s/)
  const page = renderAsGithub(renderComparisonMarkdown(told, [hostile]))
  expect(page).not.toMatch(/<script|<a |<code|<del/)
  expect(page).toContain('<td>&lt;/p&gt;&lt;script&gt;')
})

test('one task and one comparison are in the singular', () => {
  const one = compareRuns([buildReport([solved(0)], { runId: 'a' }), buildReport([missed], { runId: 'b' })])
  for (const text of [renderComparisonMarkdown(one, []), renderComparisonHtml(one, [])]) {
    expect(text).toContain('on 1 task of')
    expect(text).not.toMatch(/\b1 (tasks|comparisons|runs)\b/)
  }
})
