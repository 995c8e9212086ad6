import { count } from '../../domain/count.ts'
import { nameSplit, renderCost, renderDuration, renderTokens } from '../../domain/format.ts'
import { explainServed, listServedScores, servedScoreWords } from '../../domain/results/explain-served.ts'
import type { RunDocument } from '../../domain/results/run-document.ts'
import type { SandboxDescription } from '../../domain/runs/record.ts'
import type { SplitScores } from '../../domain/scores/score-tallies.ts'
import type { RunAnalysis, SolvedShare } from '../analyze-run.ts'
import { explainReasoning } from '../explain-reasoning.ts'
import { listScores, type NamedScores } from '../list-scores.ts'
import { ranUnprotected, unprotectedWords } from '../ran-unprotected.ts'
import {
  exceptionHeadings,
  listExceptions,
  listMostExpensive,
  listSlowest,
  listTasks,
  taskHeadings,
} from '../render-analysis.ts'
import { renderEvidence } from '../render-evidence.ts'
import { countRejected, renderCostBounds, renderLostCost, titles } from '../render-report.ts'
import { listPassAt } from '../render-scores.ts'
import type { TaskRow } from '../task-row.ts'
import { html, type Html } from './html.ts'
import { plotBars, plotResolutions, plotScores } from './plots.ts'
import { renderMisses } from './render-misses.ts'
import { renderPage } from './render-page.ts'
import { renderTable } from './render-table.ts'

/** Maximum number of exceptions listed. */
const maxNamed = 10

/** A run's report as one self-contained page: no script, no font, no address. Text of models and programs is escaped. */
export function renderHtml(run: RunDocument, analysis: RunAnalysis): string {
  const title = `${titles[run.kind]} ${run.run_id}`
  return renderPage({
    title,
    header: html`<p class="soft small">
        ${[run.kind, run.recipe, run.model].filter((word) => word !== null).join(' · ')}
      </p>
      <h1>${run.run_id}</h1>
      <p class="soft">${run.state}${run.reason === null ? '' : `: ${run.reason}`}</p>
      ${ranUnprotected(run.sandboxes) ? [html`<p><strong>${unprotectedWords}</strong></p>`] : []}`,
    main: html`${renderFacts(run)} ${renderServed(run)} ${listScores(run).map(renderScores)}
    ${(run.scores ?? []).map((scores) => renderServedScores(run, scores))}
    ${run.scores === null ? [] : [renderResolutions(run)]} ${renderAnswers(run, analysis)}
    ${analysis.by_grid_size.length === 0 ? [] : [renderFailures(analysis)]} ${renderMisses(analysis.nearest_misses)}
    ${renderMostExpensive(analysis.per_task)} ${renderTasks(analysis.per_task)}`,
    footer: renderFooter(run),
  })
}

function renderFacts(run: RunDocument): Html {
  const solved = run.solved_task_ids.length
  const rejected = countRejected(run.rejections)
  const facts: (readonly [string, string, string])[] = [
    [
      'Tasks',
      `${run.tasks.done} of ${run.tasks.total}`,
      run.tasks.failed > 0 ? `${run.tasks.failed} failed` : 'recorded',
    ],
    ['Samples', showNumber(run.samples.stored - rejected), describeSamples(run.samples, rejected)],
    ...(run.kind === 'verification' ? [] : listCosts(run, solved)),
    ['Time', renderDuration(run.open_seconds), `started ${run.started_at.slice(0, 16).replace('T', ' ')} UTC`],
  ]
  return html`<dl class="facts">
    ${facts.map(
      ([name, value, more]) =>
        html`<div>
          <dt>${name}</dt>
          <dd>${value}<small>${more}</small></dd>
        </div>`,
    )}
  </dl>`
}

function describeSamples({ wanted, repaid }: RunDocument['samples'], rejected: number): string {
  return `of ${showNumber(wanted)}${rejected > 0 ? `, ${showNumber(rejected)} rejected` : ''}, ${repaid} paid for again`
}

function listCosts(run: RunDocument, solved: number): (readonly [string, string, string])[] {
  const { cost_usd, usage } = run
  const each = cost_usd === null || solved === 0 ? '' : `${renderCost(cost_usd / solved)} a solved task`
  return [
    [
      'Cost',
      cost_usd === null ? 'unknown' : renderCost(cost_usd),
      renderLostCost(run) || each || renderCostBounds(run) || 'from the ledger',
    ],
    ['Tokens', renderTokens(usage.completion_tokens), `completion; ${renderTokens(usage.prompt_tokens)} prompt`],
  ]
}

function renderScores({ scores, over }: NamedScores): Html {
  const facts = [
    { label: 'Leaderboard', score: scores.leaderboard },
    { label: 'Strict', score: scores.strict },
    { label: 'Per output', score: scores.per_output },
  ]
  const oracle = listPassAt(scores).map(({ k, score }) => ({ label: `pass@${k}`, score }))
  return html`<section>
    <h2>Scores on ${nameSplit(scores)}</h2>
    <p class="soft small">
      By two attempts per test input, chosen by train pairs alone, over ${over}. In brackets and as lines: 95 %
      intervals over tasks.
    </p>
    ${plotScores(facts)}
    <h3>What an oracle could pick</h3>
    <p class="soft small">
      The chance that any of k samples is right on all test outputs. This is an upper bound, not a score.
    </p>
    ${plotScores(oracle)}
  </section>`
}

function renderServed({ served }: RunDocument): Html {
  const words = served === null ? '' : explainServed(served)
  return words === '' ? html`` : html`<p class="soft small">Served by ${words}.</p>`
}

function renderServedScores({ served }: RunDocument, place: SplitScores): Html {
  const rows = listServedScores(served, place)
  if (rows.length === 0) return html``
  return html`<section>
    <h2>Score by host and snapshot on ${nameSplit(place)}</h2>
    <p class="soft small">More than one answered. Each score is ${servedScoreWords}.</p>
    ${renderTable(
      ['host and snapshot', 'score', 'over'],
      rows.map(({ name, score, over }) => [name, score, over]),
    )}
  </section>`
}

function renderResolutions({ resolutions }: RunDocument): Html {
  return html`<section>
    <h2>Generation or selection</h2>
    <p class="soft small">
      For each unsolved task: did no sample give a right output, or was the right one not among the two selected?
    </p>
    ${plotResolutions(resolutions)}
  </section>`
}

function renderAnswers(
  run: RunDocument,
  { programs, reasoning, completion_tokens, program_characters }: RunAnalysis,
): Html {
  return html`<section>
    <h2>Answers and programs</h2>
    <div class="two">
      <div>
        <h3>Verdicts</h3>
        ${plotCounts(run.verdicts)}
      </div>
      <div>
        <h3>Outcomes</h3>
        ${plotCounts(run.outcomes)}
      </div>
    </div>
    ${
      programs.total === 0
        ? []
        : [
            html`<p>
              ${count(programs.total, 'program')}, ${showNumber(programs.distinct)} of them distinct within their tasks.
              Right on all train pairs: ${showNumber(programs.train_correct)}; on all test pairs:
              ${showNumber(programs.test_correct)}.
            </p>`,
            html`<p class="soft small">Evidence, not part of any score: ${renderEvidence(programs)}.</p>`,
          ]
    }
    ${reasoning === null ? [] : [html`<p>${explainReasoning(reasoning)}</p>`]}
    ${renderSpreads([
      ['Completion tokens per answer', completion_tokens],
      ['Characters per explanation', reasoning?.characters ?? null],
      ['Characters of a program', program_characters],
    ])}
  </section>`
}

function renderSpreads(spreads: readonly (readonly [string, RunAnalysis['completion_tokens']])[]): Html {
  return renderTable(
    ['', 'median', '90th percentile', 'minimum', 'maximum'],
    spreads.flatMap(([name, spread]) =>
      spread === null
        ? []
        : [[name, ...[spread.median, spread.p90, spread.least, spread.most].map((number) => showNumber(number))]],
    ),
  )
}

function renderFailures(analysis: RunAnalysis): Html {
  const wrong = Object.values(analysis.wrong_outputs).some((number) => number > 0)
  const errors = Object.entries(analysis.error_types).slice(0, maxNamed)
  return html`<section>
    <h2>Where it fails</h2>
    <div class="two">
      ${
        wrong
          ? [
              html`<div>
                <h3>Wrong test outputs, by how much is wrong</h3>
                ${plotCounts(analysis.wrong_outputs)}
              </div>`,
            ]
          : []
      }
      ${
        errors.length > 0
          ? [
              html`<div>
                <h3>Exceptions of programs</h3>
                ${plotCounts(Object.fromEntries(errors))}
              </div>`,
            ]
          : []
      }
      <div>
        <h3>Solved, by the task's largest grid</h3>
        ${plotShares(analysis.by_grid_size)}
      </div>
      <div>
        <h3>Solved, by train pairs</h3>
        ${plotShares(analysis.by_train_pairs)}
      </div>
    </div>
    ${
      analysis.exceptions.length === 0
        ? []
        : [
            html`<h3>Most frequent exceptions</h3>
              ${renderTable(exceptionHeadings, listExceptions(analysis.exceptions))}`,
          ]
    }
  </section>`
}

function renderMostExpensive(rows: readonly TaskRow[]): Html {
  const recorded = rows.filter(({ samples }) => samples > 0)
  if (recorded.length === 0) return html``
  return html`<section>
    <h2>Slowest and most expensive</h2>
    <div class="two">
      ${renderTable(['task', 'time'], listSlowest(recorded))}
      ${renderTable(['task', 'completion tokens', 'cost'], listMostExpensive(recorded))}
    </div>
  </section>`
}

function renderTasks(rows: readonly TaskRow[]): Html {
  return html`<section>
    <h2>Tasks</h2>
    <details>
      <summary>All ${rows.length}, one by one</summary>
      ${renderTable(taskHeadings, listTasks(rows))}
    </details>
  </section>`
}

function renderFooter(run: RunDocument): Html {
  const { scores, scoring, sandboxes, failed_items, rejections, results_path: results = run.results_file } = run
  const { selection_rule, intervals } = scoring
  return html`${rejections.map(({ reason, count }) => html`<p>rejected by the provider: ${count} × ${reason}</p>`)}
  ${failed_items.map(({ item, reason }) => html`<p>failed: <code>${item}</code>: ${reason}</p>`)}
  ${
    scores === null
      ? []
      : [
          html`<p>
            Attempts by rule ${selection_rule.name} ${selection_rule.version}. Intervals:
            ${showNumber(100 * intervals.level)} % over tasks, by ${intervals.method} ${intervals.version}.
          </p>`,
        ]
  }
  ${sandboxes.map((sandbox) => html`<p>Programs ran in ${describeSandbox(sandbox)}.</p>`)}
  ${results === null ? [] : [html`<p>Results: <code>${results}</code></p>`]}`
}

function describeSandbox(sandbox: SandboxDescription): string {
  return Object.entries(sandbox)
    .map(([name, value]) => `${name} ${value}`)
    .join(' · ')
}

function plotCounts(counts: Readonly<Record<string, number>>): Html {
  const entries = Object.entries(counts)
  const total = entries.reduce((sum, [, number]) => sum + number, 0)
  if (total === 0) return html`<p class="soft">none</p>`
  return plotBars(entries.map(([label, number]) => ({ label, share: number / total, value: showNumber(number) })))
}

function plotShares(shares: readonly SolvedShare[]): Html {
  return plotBars(
    shares.map(({ label, tasks, solved }) => ({ label, share: solved / tasks, value: `${solved} of ${tasks}` })),
  )
}

function showNumber(number: number): string {
  return number.toLocaleString('en-US')
}
