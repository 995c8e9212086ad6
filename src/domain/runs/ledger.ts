import { generalizeReason } from '../models/generalize-reason.ts'
import { createUsageSum, type Usage } from '../models/usage.ts'
import { createFailureTimes, type FailureTimes } from './failure-times.ts'
import {
  notSentReasons,
  type AcceptedLine,
  type ReadLedgerLine,
  type SentLine,
  type SettledLine,
} from './ledger-lines.ts'

export interface LedgerTotals {
  readonly sent: number
  readonly failed: number
  readonly rejected: number
  /** Requests sent again for a sample whose earlier request was lost in flight. */
  readonly repaid: number
  /** Where requests went: one address, unless it changed; none in older ledgers. */
  readonly addresses: readonly string[]
  /** Null if unknown for one settled request. */
  readonly usage: Usage
  /** Null as soon as one settled request has no known cost, or a line cannot be read. */
  readonly cost_usd: number | null
  /** The sum of the known costs. */
  readonly known_usd: number
  /** Upper bound on requests of unknown cost: lost ones, and settled ones without a cost. */
  readonly unsettled_usd: number
  /** How many of these have no known bound. */
  readonly unbounded: number
  /** Number of requests per warning. */
  readonly warnings: Readonly<Record<string, number>>
  /** Answers that were asked for; those that were stored, including rejections. */
  readonly asked: number
  readonly answered: number
  /** Lines that could not be read. */
  readonly garbled: readonly { readonly file: string; readonly place: string }[]
  /** The last failure with nothing after it for its answer: what a waiting run waits for. */
  readonly last_failure: { readonly at: string; readonly reason: string; readonly stops_run: boolean } | null
  /**
   * Requests that were sent and not settled, each the last of its answer: in flight, as long as a worker lives. And when the
   * oldest of them was sent.
   */
  readonly in_flight: { readonly count: number; readonly oldest_at: string | null }
  /** When an answer or a rejection last came. */
  readonly last_reply_at: string | null
  /** Since when every request has failed; null if the last one did not, or none was sent. */
  readonly failing_since: string | null
  /** How many requests were answered. */
  readonly stored: number
  /** Why the provider refused requests, most frequent first. A request that was answered when repeated is not counted. */
  readonly rejections: readonly Rejections[]
}

/** Requests refused by the provider, all for the same reason apart from numbers and ids in it. */
export interface Rejections {
  /** Its words, as first received. */
  readonly reason: string
  readonly count: number
}

/** Everything kept per answer while its lines are added up: a run may send hundreds of thousands of requests. */
interface AnswerState {
  lastSentAt: string
  /** When a request for it was last settled by an answer or a rejection; empty if none was. */
  endedAt: string
  /** Why it was rejected, if that is how it ended. */
  rejection: string | undefined
  lastFailure?: SettledLine
  /** Unusable replies for it. */
  unusable?: SettledLine[]
}

/** A ledger being added up, line by line as they come. */
export interface LedgerSum {
  add(line: ReadLedgerLine): void
  /** @param since from when failures count: when the run was last opened */
  totals(since?: string): LedgerTotals
  /** Spending so far plus what may still have been spent, in USD: compared with the budget. */
  maxSpentUsd(): number
  /**
   * How many times its maximum by the price the dearest request has cost; 1 if none cost more than that. A model's hosts may charge
   * more than the price that is known.
   */
  readonly dearness: number
  /** Number of stored answers. */
  readonly stored: number
  readonly failures: FailureTimes
  /** Unusable replies for an answer since then, and what was wrong with the last. */
  unusableOf(answer: string, since: string): { readonly count: number; readonly reason: string }
  /** Number of answers with this many of them since then. */
  countAnswersUnusable(times: number, since: string): number
  /** Calls for an answer that the provider has named and that have no fate yet, the newest last. */
  acceptedOf(answer: string): readonly AcceptedLine[]
  /** How a request without a fate was sent. */
  findOpen(request: string): SentLine | undefined
}

/**
 * Adds up a ledger, whose lines may come in any order.
 *
 * A settlement that appears twice (a worker's last line, written again) counts once. The cost of a lost request is
 * unknown: it adds nothing to `cost_usd` and its maximum to `unsettled_usd`.
 */
export function createLedgerSum(): LedgerSum {
  const requests = { sent: 0, stored: 0, failed: 0, rejected: 0 }
  const usage = createUsageSum()
  let knownUsd = 0
  let dearness = 1
  const settledRequests = new Set<string>()
  /** Requests that were sent and not settled. */
  const openRequests = new Map<string, SentLine>()
  /** Calls that were accepted and not settled, by request. */
  const acceptedRequests = new Map<string, AcceptedLine>()
  /** Settled requests of unknown cost, each with its `most_usd` once its `sent` is known. */
  const unknownRequests = new Map<string, { readonly usage: Usage; most_usd?: number | null }>()
  /** What they count as together. */
  let unknownUsd = 0
  /** Costs that became known later, by request; and the lost requests among them. */
  const lateLines = new Map<string, LateLine>()
  const lostRequests = new Map<string, SentLine>()
  const warnings = new Map<string, number>()
  const answers = new Map<string, AnswerState>()
  const unusable = new Set<string>()
  const failures = createFailureTimes()
  const garbled: { file: string; place: string }[] = []
  const addresses = new Set<string>()

  function addSent(line: SentLine, answer: AnswerState): void {
    requests.sent += 1
    if (line.base_url !== undefined) addresses.add(line.base_url)
    if (settledRequests.has(line.request)) setMost(line)
    else (lateLines.has(line.request) ? lostRequests : openRequests).set(line.request, line)
    if (line.at > answer.lastSentAt) answer.lastSentAt = line.at
  }

  function addSettled(line: SettledLine, answer: AnswerState): void {
    if (isLate(line)) return addLate(line)
    if (settledRequests.has(line.request)) return
    requests[line.fate] += 1
    settledRequests.add(line.request)
    addPayment(line)
    openRequests.delete(line.request)
    lostRequests.delete(line.request)
    acceptedRequests.delete(line.request)
    if (line.warning !== undefined) warnings.set(line.warning, (warnings.get(line.warning) ?? 0) + 1)
    if (line.unusable) {
      answer.unusable = [...(answer.unusable ?? []), line]
      unusable.add(line.answer)
    }
    if (line.reason !== undefined && notSentReasons.has(line.reason)) return
    if (line.fate === 'failed') {
      if (line.at > (answer.lastFailure?.at ?? '')) answer.lastFailure = line
      failures.add(line.answer, { at: line.at, reason: line.reason ?? 'unknown' })
      return
    }
    failures.addReply(line.answer, line.at)
    if (line.at > answer.endedAt) {
      answer.endedAt = line.at
      answer.rejection = line.fate === 'rejected' ? (line.reason ?? 'no reason was noted') : undefined
    }
  }

  function noteDearness(costUsd: number, sentLine: SentLine | undefined): void {
    const { most_usd, dearness: counted = 1 } = sentLine ?? {}
    if (most_usd) dearness = Math.max(dearness, (costUsd / most_usd) * counted)
  }

  function addPayment({ request, cost_usd, usage: counted }: SettledLine): void {
    const late = lateLines.get(request)
    if (cost_usd === null && late) return
    if (late) addKnown(late, -1)
    if (cost_usd !== null) {
      noteDearness(cost_usd, openRequests.get(request))
      return addKnown({ cost_usd, usage: counted })
    }
    usage.add(counted)
    unknownRequests.set(request, { usage: counted })
    const sent = openRequests.get(request)
    if (sent) setMost(sent)
  }

  function addLate(line: LateLine): void {
    const { request } = line
    const unknown = unknownRequests.get(request)
    // It was written twice, or its cost is known by its own settlement.
    if (lateLines.has(request) || (settledRequests.has(request) && !unknown)) return
    lateLines.set(request, line)
    addKnown(line)
    acceptedRequests.delete(request)
    const sent = openRequests.get(request)
    noteDearness(line.cost_usd, sent)
    if (sent) lostRequests.set(request, sent)
    openRequests.delete(request)
    if (unknown === undefined) return
    usage.add(unknown.usage, -1)
    unknownRequests.delete(request)
    unknownUsd = unknownRequests.values().reduce((sum, { most_usd }) => sum + (most_usd ?? 0), 0)
  }

  function addKnown({ cost_usd, usage: counted }: Pick<LateLine, 'cost_usd' | 'usage'>, times: 1 | -1 = 1): void {
    knownUsd += times * cost_usd
    usage.add(counted, times)
  }

  function setMost({ request, most_usd }: SentLine): void {
    const unknown = unknownRequests.get(request)
    if (unknown === undefined) return
    unknown.most_usd = most_usd
    unknownUsd += most_usd ?? 0
  }

  const listUnusable = (answer: string, since: string) =>
    answers.get(answer)?.unusable?.filter(({ at }) => at >= since) ?? []
  const listInFlight = () =>
    [...openRequests.values()].filter(({ answer, at }) => {
      const state = answers.get(answer)
      return at === state?.lastSentAt && at > state.endedAt
    })
  const sumUnsettled = () => openRequests.values().reduce((sum, { most_usd }) => sum + (most_usd ?? 0), unknownUsd)
  return {
    add(line) {
      if (line.type === 'garbled') return void garbled.push({ file: line.file, place: line.place })
      if (line.type === 'accepted') {
        if (!settledRequests.has(line.request)) acceptedRequests.set(line.request, line)
        return
      }
      const answer = answers.get(line.answer) ?? { lastSentAt: '', endedAt: '', rejection: undefined }
      answers.set(line.answer, answer)
      if (line.type === 'sent') addSent(line, answer)
      else addSettled(line, answer)
    },
    totals: (since = '') => ({
      sent: requests.sent,
      failed: requests.failed,
      rejected: requests.rejected,
      // A request lost in flight costs one more if, and only if, the same answer was asked for again later.
      repaid: [...openRequests.values(), ...lostRequests.values()].filter(
        ({ answer, at }) => at < (answers.get(answer)?.lastSentAt ?? ''),
      ).length,
      addresses: [...addresses].sort(),
      usage: usage.total(),
      cost_usd: unknownRequests.size > 0 || garbled.length > 0 ? null : knownUsd,
      known_usd: knownUsd,
      unsettled_usd: sumUnsettled(),
      unbounded:
        garbled.length +
        [...openRequests.values(), ...unknownRequests.values()].filter(({ most_usd = null }) => most_usd === null)
          .length,
      warnings: Object.fromEntries(warnings),
      asked: answers.size,
      answered: [...answers.values()].filter(({ endedAt }) => endedAt !== '').length,
      garbled,
      last_failure: findLastFailure(answers.values()),
      in_flight: { count: listInFlight().length, oldest_at: findEarliest(listInFlight().map(({ at }) => at)) },
      last_reply_at: failures.lastReplyAt || null,
      failing_since: failures.sinceReply(since).times[0] ?? null,
      stored: requests.stored,
      rejections: countRejections(answers.values()),
    }),
    maxSpentUsd: () => knownUsd + sumUnsettled(),
    failures,
    get dearness() {
      return dearness
    },
    get stored() {
      return requests.stored
    },
    unusableOf(answer, since) {
      const lines = listUnusable(answer, since)
      return { count: lines.length, reason: lines.at(-1)?.reason ?? '' }
    },
    findOpen: (request) => openRequests.get(request),
    acceptedOf: (answer) =>
      [...acceptedRequests.values()]
        .filter((line) => line.answer === answer)
        .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)),
    countAnswersUnusable: (times, since) =>
      unusable
        .values()
        .filter((answer) => listUnusable(answer, since).length >= times)
        .reduce((count) => count + 1, 0),
  }
}

type LateLine = SettledLine & { readonly cost_usd: number }

function isLate(line: SettledLine): line is LateLine {
  return line.late === true && line.cost_usd !== null
}

/** @param since from when failures count: when the run was last opened */
export function totalLedger(lines: Iterable<ReadLedgerLine>, since?: string): LedgerTotals {
  const ledger = createLedgerSum()
  for (const line of lines) ledger.add(line)
  return ledger.totals(since)
}

function countRejections(answers: Iterable<AnswerState>): Rejections[] {
  const counts = new Map<string, { readonly reason: string; count: number }>()
  for (const { rejection } of answers) {
    if (rejection === undefined) continue
    const kind = generalizeReason(rejection).replace(/\d+/g, '…')
    const entry = counts.get(kind) ?? { reason: rejection, count: 0 }
    entry.count += 1
    counts.set(kind, entry)
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

function findEarliest(times: readonly string[]): string | null {
  return times.reduce<string | null>((least, at) => (least === null || at < least ? at : least), null)
}
