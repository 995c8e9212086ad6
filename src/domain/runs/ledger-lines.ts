import type { Usage } from '../models/usage.ts'

/** Written before a request is sent. A `sent` without its `settled` was lost in flight, or is in flight now. */
export interface SentLine {
  readonly type: 'sent'
  /** Unique per HTTP request. */
  readonly request: string
  /** Key of the answer that the request asks for. */
  readonly answer: string
  readonly at: string
  /** What it counts as until it is settled; null if the model has no price. */
  readonly most_usd: number | null
  /** How many times its maximum by the price that is, because earlier requests cost so much more than theirs; absent for once. */
  readonly dearness?: number
  /** The address it goes to, without the path below; absent from older ledgers. */
  readonly base_url?: string
}

/** Written when the fate of a request is known. */
export interface SettledLine {
  readonly type: 'settled'
  readonly request: string
  readonly answer: string
  readonly at: string
  /** `stored`: answered and stored. `rejected`: the provider refused it. `failed`: everything else. */
  readonly fate: 'stored' | 'rejected' | 'failed'
  /** Null if unknown: then it counts as the `most_usd` of its `sent` against a budget. */
  readonly cost_usd: number | null
  readonly usage: Usage
  /** Set if the reply could not be used: after a few of these the sample is given up. */
  readonly unusable?: true
  /** What people should know about its cost: the same words for the same kind. */
  readonly warning?: string
  /** The provider's words, if nothing was stored. */
  readonly reason?: string
  /** Whether this failure stopped the run, so that nothing is retried. */
  readonly stops_run?: true
  /**
   * Set if only the cost became known later, of a request that was lost or settled without one. It says nothing about the provider:
   * it is no failure and no reply.
   */
  readonly late?: true
}

/**
 * Written the moment the provider names a call, so that it can be asked for its answer, or for what it has cost, by whoever comes
 * after a crash. Never written before `sent`, and never read as if it were a fate.
 */
export interface AcceptedLine {
  readonly type: 'accepted'
  readonly request: string
  readonly answer: string
  readonly at: string
  /** The provider's name for the call, or for the batch that the call is a line of. */
  readonly provider_id: string
  /** How it became known, which says what the provider can be asked by it. */
  readonly by: AcceptedBy
}

/** `stream`: with the first piece of the reply. `background`: an answer that waits at the provider. `batch`: one for many calls. */
export type AcceptedBy = (typeof acceptedBy)[number]

export const acceptedBy = ['stream', 'background', 'batch'] as const

/** Reason of a request that was written but not sent, because another worker had taken the room in the budget. */
export const takenBack = 'not sent: the budget has no room for it'

/** Reason of the requests of a batch that was dropped. */
export const notSentCancelled = 'not sent: the run was cancelled'

/** Reason of the requests of a batch that goes into smaller ones. */
export const notSentTooMuch = 'not processed: the provider has too much waiting'

/** These requests were never worked on, and say nothing about the provider. */
export const notSentReasons: ReadonlySet<string> = new Set([takenBack, notSentCancelled, notSentTooMuch])

/** Place of a line that could not be read. The cost in it is unknown. */
interface GarbledLine {
  readonly type: 'garbled'
  readonly file: string
  readonly place: string
}

/** One line of `ledger/<worker>.jsonl`: the record of spending. */
export type LedgerLine = SentLine | AcceptedLine | SettledLine

/** A line as read. */
export type ReadLedgerLine = LedgerLine | GarbledLine
