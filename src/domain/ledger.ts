import type { Usage } from './usage.ts'

/** Written before a request leaves. A `sent` without its `settled` was lost in flight, or is in flight now. */
interface SentLine {
  readonly type: 'sent'
  /** Unique per HTTP request. */
  readonly request: string
  /** Key of the answer that the request is to bring. */
  readonly answer: string
  readonly at: string
  /** What it counts as until it is settled; null where the model has no price. */
  readonly most_usd: number | null
}

/** Written when the fate of a request is known. */
export interface SettledLine {
  readonly type: 'settled'
  readonly request: string
  readonly answer: string
  readonly at: string
  /** `stored`: answered and kept. `rejected`: the provider would not take it. `failed`: everything else. */
  readonly fate: 'stored' | 'rejected' | 'failed'
  readonly cost_usd: number | null
  readonly usage: Usage
  /** The provider's words, for what was not stored. */
  readonly reason?: string
}

/** One line of `ledger/<worker>.jsonl`: the truth about money. */
export type LedgerLine = SentLine | SettledLine

export interface LedgerTotals {
  readonly sent: number
  readonly failed: number
  readonly rejected: number
  /** Requests sent again for a sample whose earlier request was lost in flight. */
  readonly repaid: number
  readonly usage: Usage
  /** Null as soon as one settled request has no known cost. */
  readonly cost_usd: number | null
  /** What unsettled requests count as, at most: added to the cost before a budget is compared. */
  readonly unsettled_usd: number
  /** The last failure that nothing followed yet for its answer: what a waiting run waits for. */
  readonly last_failure: { readonly at: string; readonly reason: string } | null
}

/**
 * Adds up a ledger.
 *
 * A settlement that came through twice (a worker's last words, read again) counts once. A request that was lost cost what
 * nobody knows: it adds nothing to `cost_usd` and its most to `unsettled_usd`.
 */
export function totalLedger(lines: Iterable<LedgerLine>): LedgerTotals {
  const sent = new Map<string, SentLine>()
  const settled = new Map<string, SettledLine>()
  for (const line of lines) {
    if (line.type === 'sent') sent.set(line.request, line)
    else settled.set(line.request, line)
  }
  const settlements = [...settled.values()]
  const unsettled = [...sent.values()].filter((line) => !settled.has(line.request))
  const failures = settlements.filter((line) => line.fate === 'failed')
  const settledAnswers = new Set(settlements.filter((line) => line.fate !== 'failed').map((line) => line.answer))
  const waiting = failures.filter((line) => !settledAnswers.has(line.answer))
  const last = waiting.reduce<SettledLine | undefined>((a, b) => (a === undefined || b.at > a.at ? b : a), undefined)
  return {
    sent: sent.size,
    failed: failures.length,
    rejected: settlements.filter((line) => line.fate === 'rejected').length,
    repaid: countRepaid([...sent.values()], unsettled),
    usage: {
      prompt_tokens: settlements.reduce((sum, line) => sum + line.usage.prompt_tokens, 0),
      completion_tokens: settlements.reduce((sum, line) => sum + line.usage.completion_tokens, 0),
    },
    cost_usd: settlements.reduce<number | null>(
      (sum, line) => (sum === null || line.cost_usd === null ? null : sum + line.cost_usd),
      0,
    ),
    unsettled_usd: unsettled.reduce((sum, line) => sum + (line.most_usd ?? 0), 0),
    last_failure: last === undefined ? null : { at: last.at, reason: last.reason ?? 'unknown' },
  }
}

/** Each request lost in flight costs one more when, and only when, the same answer was asked for again later. */
function countRepaid(sent: readonly SentLine[], unsettled: readonly SentLine[]): number {
  const lastSent = new Map<string, string>()
  for (const line of sent) if (line.at >= (lastSent.get(line.answer) ?? '')) lastSent.set(line.answer, line.at)
  return unsettled.filter((line) => line.at < (lastSent.get(line.answer) ?? '')).length
}
