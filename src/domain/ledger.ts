import { generalizeReason } from './generalize-reason.ts'
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
  /** Whether the run is stopped by this failure, so that nothing is tried again. */
  readonly stops_run?: true
}

/** A line that could not be read, where it stands. What it said of money nobody knows. */
interface GarbledLine {
  readonly type: 'garbled'
  readonly file: string
  readonly place: string
}

/** One line of `ledger/<worker>.jsonl`: the truth about money. */
export type LedgerLine = SentLine | SettledLine

/** A line as it was read. */
export type ReadLedgerLine = LedgerLine | GarbledLine

export interface LedgerTotals {
  readonly sent: number
  readonly failed: number
  readonly rejected: number
  /** Requests sent again for a sample whose earlier request was lost in flight. */
  readonly repaid: number
  readonly usage: Usage
  /** Null as soon as one settled request has no known cost, or a line cannot be read. */
  readonly cost_usd: number | null
  /** What unsettled requests count as, at most: added to the cost before a budget is compared. */
  readonly unsettled_usd: number
  /** Answers that were asked for; those of them that were stored, those of rejections too. */
  readonly asked: number
  readonly answered: number
  /** Lines that could not be read. */
  readonly garbled: readonly { readonly file: string; readonly place: string }[]
  /** The last failure that nothing followed yet for its answer: what a waiting run waits for. */
  readonly last_failure: { readonly at: string; readonly reason: string; readonly stops_run: boolean } | null
  /**
   * Requests that were sent and not settled, the last ones of their answers: in flight, as long as a worker lives. And when the
   * oldest of them was sent.
   */
  readonly in_flight: { readonly count: number; readonly oldest_at: string | null }
  /** When an answer or a rejection last came. */
  readonly last_reply_at: string | null
  /** How many requests were answered. */
  readonly stored: number
  /** Why the provider would not take requests, most frequent first. An answer that came when it was asked again is not among them. */
  readonly rejections: readonly Rejections[]
}

/** Answers that a provider refused to give, all for the same reason but for numbers and ids in it. */
export interface Rejections {
  /** Its words, as they came the first time. */
  readonly reason: string
  readonly count: number
}

/** All that is held of an answer while its lines are added up: a run may send hundreds of thousands of requests. */
interface AnswerState {
  lastSentAt: string
  /** When a request for it was last settled by an answer or a rejection; empty while none was. */
  endedAt: string
  /** Why it was rejected, if that is how it ended. */
  rejection: string | undefined
  lastFailure?: SettledLine
}

/**
 * Adds up a ledger, whose lines may come in any order.
 *
 * A settlement that came through twice (a worker's last words, read again) counts once. A request that was lost cost what
 * nobody knows: it adds nothing to `cost_usd` and its most to `unsettled_usd`.
 */
export function totalLedger(lines: Iterable<ReadLedgerLine>): LedgerTotals {
  const requests = { sent: 0, stored: 0, failed: 0, rejected: 0 }
  const usage = { prompt_tokens: 0, completion_tokens: 0 }
  let costUsd: number | null = 0
  let lastReplyAt: string | null = null
  const settled = new Set<string>()
  const unsettled = new Map<string, SentLine>()
  const answers = new Map<string, AnswerState>()
  const garbled: { file: string; place: string }[] = []
  for (const line of lines) {
    if (line.type === 'garbled') {
      garbled.push({ file: line.file, place: line.place })
      costUsd = null
      continue
    }
    const answer = answers.get(line.answer) ?? { lastSentAt: '', endedAt: '', rejection: undefined }
    answers.set(line.answer, answer)
    if (line.type === 'sent') {
      requests.sent += 1
      if (!settled.has(line.request)) unsettled.set(line.request, line)
      if (line.at > answer.lastSentAt) answer.lastSentAt = line.at
    } else if (!settled.has(line.request)) {
      requests[line.fate] += 1
      settled.add(line.request)
      unsettled.delete(line.request)
      usage.prompt_tokens += line.usage.prompt_tokens
      usage.completion_tokens += line.usage.completion_tokens
      costUsd = costUsd === null || line.cost_usd === null ? null : costUsd + line.cost_usd
      if (line.fate === 'failed') {
        if (line.at > (answer.lastFailure?.at ?? '')) answer.lastFailure = line
      } else if (line.at > answer.endedAt) {
        answer.endedAt = line.at
        if (line.at > (lastReplyAt ?? '')) lastReplyAt = line.at
        answer.rejection = line.fate === 'rejected' ? (line.reason ?? 'no reason was noted') : undefined
      }
    }
  }
  const lost = [...unsettled.values()]
  const inFlight = lost.filter(({ answer, at }) => {
    const state = answers.get(answer)
    return at === state?.lastSentAt && at > state.endedAt
  })
  return {
    sent: requests.sent,
    failed: requests.failed,
    rejected: requests.rejected,
    // Each request lost in flight costs one more when, and only when, the same answer was asked for again later.
    repaid: lost.filter(({ answer, at }) => at < (answers.get(answer)?.lastSentAt ?? '')).length,
    usage,
    cost_usd: costUsd,
    unsettled_usd: lost.reduce((sum, { most_usd }) => sum + (most_usd ?? 0), 0),
    asked: answers.size,
    answered: answers.values().reduce((count, { endedAt }) => count + (endedAt === '' ? 0 : 1), 0),
    garbled,
    last_failure: findLastFailure(answers.values()),
    in_flight: { count: inFlight.length, oldest_at: findLeast(inFlight.map(({ at }) => at)) },
    last_reply_at: lastReplyAt,
    stored: requests.stored,
    rejections: countRejections(answers.values()),
  }
}

function countRejections(answers: Iterable<AnswerState>): Rejections[] {
  const counts = new Map<string, { readonly reason: string; count: number }>()
  for (const { rejection } of answers) {
    if (rejection === undefined) continue
    const kind = generalizeReason(rejection).replace(/\d+/g, '…')
    const same = counts.get(kind) ?? { reason: rejection, count: 0 }
    same.count += 1
    counts.set(kind, same)
  }
  return [...counts.values()].sort((a, b) => b.count - a.count)
}

function findLastFailure(answers: Iterable<AnswerState>): LedgerTotals['last_failure'] {
  let last: SettledLine | undefined
  for (const { endedAt, lastFailure } of answers) {
    if (lastFailure && lastFailure.at > endedAt && lastFailure.at > (last?.at ?? '')) last = lastFailure
  }
  if (last === undefined) return null
  return { at: last.at, reason: last.reason ?? 'unknown', stops_run: last.stops_run ?? false }
}

function findLeast(times: readonly string[]): string | null {
  return times.reduce<string | null>((least, at) => (least === null || at < least ? at : least), null)
}
