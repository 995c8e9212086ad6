import { count } from '../../domain/count.ts'
import { renderCost } from '../../domain/format.ts'
import type { SettledRequest } from '../../runs/settle-run.ts'
import { fitTable } from '../terminal/render-table.ts'
import { wrapText } from '../terminal/wrap-text.ts'

/** @param columns of the terminal */
export function renderSettling(runId: string, requests: readonly SettledRequest[], columns: number): string {
  if (requests.length === 0) return `${runId}: the cost of every request is known.`
  const rows = requests.map(({ sent, accepted, fate, costUsd, reason }) => [
    sent.at.replace(/\.\d+Z$/, 'Z'),
    fate,
    accepted?.provider_id ?? '–',
    costUsd === null ? `unknown, ${showMost(sent.most_usd)}` : renderCost(costUsd),
    reason ?? '',
  ])
  return `${fitTable(['Sent', 'Fate', 'Call', 'Cost', 'Why'], rows, columns)}\n\n${wrapText(summarize(requests), columns)}`
}

function summarize(requests: readonly SettledRequest[]): string {
  const { found_usd, unknown, unknown_at_most_usd } = totalSettling(requests)
  const found = requests.length - unknown
  const words = [
    found > 0 && `${count(found, 'request')} cost ${renderCost(found_usd)}.`,
    unknown > 0 &&
      `${count(unknown, 'request')} ${unknown === 1 ? 'stays' : 'stay'} unknown: ${showMost(unknown_at_most_usd)}.`,
  ]
  return words.filter(Boolean).join(' ')
}

function showMost(usd: number | null): string {
  return usd === null ? 'without a bound' : `at most ${renderCost(usd)}`
}

/** The sums that `--json` has, too. */
export function totalSettling(requests: readonly SettledRequest[]) {
  const unknown = requests.filter(({ costUsd }) => costUsd === null)
  return {
    found_usd: requests.reduce((sum, { costUsd }) => sum + (costUsd ?? 0), 0),
    unknown: unknown.length,
    unknown_at_most_usd: unknown.reduce<number | null>(
      (sum, { sent }) => (sum === null || sent.most_usd === null ? null : sum + sent.most_usd),
      0,
    ),
  }
}
