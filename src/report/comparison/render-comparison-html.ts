import type { Comparison } from '../../domain/compare/compare-runs.ts'
import { count } from '../../domain/count.ts'
import { html, type Html } from '../html/html.ts'
import { plotDifferences, plotScores } from '../html/plots.ts'
import { renderPage } from '../html/render-page.ts'
import { renderTable } from '../html/render-table.ts'
import { comparisonHeadings, describeComparison, type PairView, type SplitView } from './describe-comparison.ts'

/**
 * A comparison as one self-contained page, like a run's report. All text is escaped.
 *
 * @param notes other things to know: tasks that were left out or count as wrong
 */
export function renderComparisonHtml(comparison: Comparison, notes: readonly string[]): string {
  const { splits, pairs, spreads, method } = describeComparison(comparison)
  return renderPage({
    title: `Comparison of ${comparison.runs.map(({ run_id }) => run_id).join(', ')}`,
    header: html`<p class="soft small">comparison</p>
      <h1>${comparison.runs.map(({ run_id }) => run_id).join(', ')}</h1>
      ${notes.map((note) => html`<p class="soft">${note}</p>`)}`,
    main: html`${splits.map(renderSplit)} ${pairs.length === 0 ? [] : [renderPairs(pairs)]}
    ${
      spreads.length === 0
        ? []
        : [
            html`<section>
              <h2>Repeated runs</h2>
              ${spreads.map((spread) => html`<p>${spread}</p>`)}
            </section>`,
          ]
    }`,
    footer: html`<p>${method}</p>`,
  })
}

function renderSplit({ title, rows, leaderboard, notes }: SplitView): Html {
  return html`<section>
    <h2>${title}</h2>
    <p class="soft small">Leaderboard scores. In brackets and as lines: 95 % intervals over tasks.</p>
    ${plotScores(leaderboard)} ${renderTable(comparisonHeadings, rows)}
    ${notes.map((note) => html`<p class="soft small">${note}</p>`)}
  </section>`
}

function renderPairs(pairs: readonly PairView[]): Html {
  return html`<section>
    <h2>Run against run</h2>
    <p class="soft small">
      Leaderboard score of the first minus that of the second, in points, with 95 % intervals over tasks.
    </p>
    ${plotDifferences(pairs.map(({ title, difference, differenceWords }) => ({ label: title, difference, value: differenceWords })))}
    ${pairs.map(renderPair)}
  </section>`
}

function renderPair({ title, only, testWords, verdict, differs }: PairView): Html {
  return html`<h3>${title}</h3>
    <p>${verdict}</p>
    <p class="soft small">McNemar's exact test: ${testWords}</p>
    ${differs.map((difference) => html`<p class="soft small">${difference}</p>`)}
    ${only.map(
      ({ run, tasks }) =>
        html`<details>
          <summary>only ${run} solved ${count(tasks.length, 'task')}</summary>
          <p class="small">${tasks.join(', ')}</p>
        </details>`,
    )}`
}
