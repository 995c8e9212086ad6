import { renderPercent } from '../../domain/format.ts'
import type { Score } from '../../domain/scores/score-tallies.ts'
import type { Resolution } from '../../domain/scores/tally-item.ts'
import { html, type Html } from './html.ts'

/** One bar: a label, its length as a share of the maximum, and the number in words. */
interface Bar {
  readonly label: string
  readonly share: number
  readonly value: string
}

/** Horizontal bars. The number is beside each, so that nobody has to judge lengths. */
export function plotBars(bars: readonly Bar[]): Html {
  return rows(
    bars.map(({ label, share, value }) => ({
      label,
      value,
      plot: html`<svg aria-hidden="true">
        <rect y="28%" width="100%" height="44%" rx="3" fill="var(--none)" opacity=".55" />
        <rect y="28%" width="${place(share)}" height="44%" rx="3" fill="var(--mark)" />
      </svg>`,
    })),
  )
}

/** Scores on a common axis from 0 to 100 %: a dot for the value, a line for its interval. */
export function plotScores(scores: readonly { readonly label: string; readonly score: Score }[]): Html {
  return rows([
    ...scores.map(({ label, score }) => ({
      label,
      value: renderScore(score),
      plot: html`<svg aria-hidden="true">
        ${[0, 0.25, 0.5, 0.75, 1].map(
          (share) => html`<line x1="${place(share)}" x2="${place(share)}" y1="0" y2="100%" stroke="var(--line)" />`,
        )}
        <line
          x1="${place(score.low)}"
          x2="${place(score.high)}"
          y1="50%"
          y2="50%"
          stroke="var(--mark)"
          stroke-width="6"
          stroke-linecap="round"
          opacity=".35"
        />
        <circle cx="${place(score.value)}" cy="50%" r="5" fill="var(--mark)" />
      </svg>`,
    })),
    {
      label: '',
      value: '',
      plot: html`<span class="axis" aria-hidden="true"><span>0</span><span>50</span><span>100 %</span></span>`,
    },
  ])
}

/** Differences of two scores on a common axis from −100 to 100 points, 0 in the middle. */
export function plotDifferences(
  differences: readonly { readonly label: string; readonly difference: Score; readonly value: string }[],
): Html {
  const middle = (difference: number) => place((1 + difference) / 2)
  return rows([
    ...differences.map(({ label, difference, value }) => ({
      label,
      value,
      plot: html`<svg aria-hidden="true">
        <line x1="50%" x2="50%" y1="0" y2="100%" stroke="var(--soft)" />
        <line
          x1="${middle(difference.low)}"
          x2="${middle(difference.high)}"
          y1="50%"
          y2="50%"
          stroke="var(--mark)"
          stroke-width="6"
          stroke-linecap="round"
          opacity=".35"
        />
        <circle cx="${middle(difference.value)}" cy="50%" r="5" fill="var(--mark)" />
      </svg>`,
    })),
    {
      label: '',
      value: '',
      plot: html`<span class="axis" aria-hidden="true"><span>−100</span><span>0</span><span>+100</span></span>`,
    },
  ])
}

const resolutionWords: Readonly<Record<Resolution, string>> = {
  solved: 'solved',
  'right-not-chosen': 'a right candidate was not selected',
  'no-right-candidate': 'no right candidate',
  'not-recorded': 'not recorded',
}

/** All tasks in one bar, by resolution. */
export function plotResolutions(resolutions: Readonly<Record<Resolution, number>>): Html {
  const parts = (Object.keys(resolutionWords) as Resolution[])
    .map((name) => ({ name, count: resolutions[name] }))
    .filter(({ count }) => count > 0)
  return html`<div class="stack" aria-hidden="true">
      ${parts.map(({ name, count }) => html`<span class="${name}" style="flex-grow:${count}"></span>`)}
    </div>
    <ul class="key">
      ${parts.map(({ name, count }) => html`<li><i class="${name}"></i><b>${count}</b> ${resolutionWords[name]}</li>`)}
    </ul>`
}

/** `33.0 % (28.6–37.8)` */
function renderScore({ value, low, high }: Score): Html {
  return html`<b>${renderPercent(value)} %</b> <span class="soft">(${renderPercent(low)}–${renderPercent(high)})</span>`
}

function place(share: number): string {
  return `${(100 * share).toFixed(2)}%`
}

function rows(parts: readonly { readonly label: string; readonly plot: Html; readonly value: string | Html }[]): Html {
  return html`<div class="rows">
    ${parts.map(
      ({ label, plot, value }) =>
        html`<div class="row">
          <span class="label">${label}</span><span class="plot">${plot}</span><span class="value">${value}</span>
        </div>`,
    )}
  </div>`
}
