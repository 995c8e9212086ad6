import type { Comparison } from '../../domain/compare/compare-runs.ts'
import { comparisonHeadings, describeComparison, type PairView } from '../../report/comparison/describe-comparison.ts'
import { fitTable, renderBeside, renderTable } from '../terminal/render-table.ts'
import { wrapText } from '../terminal/wrap-text.ts'

/** Keep terminal output short; the other formats have all ids. */
const maxNames = 12

/**
 * Renders a comparison for people: scores, cost and time of each run, then each pair.
 *
 * @param columns of the terminal; Infinity if there is none
 */
export function renderComparison(comparison: Comparison, columns = Infinity): string {
  const { splits, pairs, spreads } = describeComparison(comparison)
  const wrap = (text: string) => wrapText(text, columns)
  const tables = splits.map(({ title, rows, notes }) =>
    [
      wrap(title),
      fitTable(comparisonHeadings, rows, columns, [renderTable, renderBeside]),
      wrap(notes.join('\n')),
    ].join('\n\n'),
  )
  return [...tables, ...[...pairs.map(renderPair), ...spreads].map(wrap)].join('\n\n')
}

function renderPair({ title, differenceWords, only, testWords, verdict, differs }: PairView): string {
  return [
    title,
    `  leaderboard  ${differenceWords}`,
    ...only.map(({ run, tasks }) => `  only ${run} solved ${renderNames(tasks)}`),
    `  McNemar's exact test: ${testWords}`,
    `  ${verdict}`,
    ...differs.map((difference) => `  ${difference}`),
  ].join('\n')
}

function renderNames(names: readonly string[]): string {
  if (names.length === 0) return '0'
  return `${names.length}: ${names.slice(0, maxNames).join(', ')}${names.length > maxNames ? ' …' : ''}`
}
