import type { Question } from '../../answers/answer.ts'
import type { BatchCounts } from '../../providers/batches/batching.ts'

/**
 * built → sending → sent → collected. `dropped`: never sent, because the run was cancelled first. `refused`: the provider processed
 * none of it. `split`: so it was because too much was waiting already, and its questions go into smaller batches. From `sending` it goes back to `built` if the provider turned out not to have it.
 */
export const batchStates = ['built', 'sending', 'sent', 'collected', 'dropped', 'refused', 'split'] as const

export type BatchState = (typeof batchStates)[number]

/** A batch whose requests have no fate yet. */
export function isOpenBatch({ state }: Pick<Batch, 'state'>): boolean {
  return state === 'built' || state === 'sending' || state === 'sent'
}

/** `batches/<id>.json`: many requests that were sent to the provider together. */
export interface Batch {
  /** Our own name for it, unique among all runs. Custom ids begin with it, and the provider's metadata holds it where it can. */
  readonly batch: string
  readonly state: BatchState
  readonly requests: number
  /** The length of all requests together, as they are sent. */
  readonly bytes: number
  readonly built_at: string
  /** Whether the ledger has the `sent` line of every request. */
  readonly reserved: boolean
  /** What the provider calls the uploaded file, where it takes one. */
  readonly file_id: string | null
  /** When it was last sent. Set before the call: with no `provider_id`, it is unknown whether it arrived. */
  readonly sent_at: string | null
  /** What the provider calls it; stored the moment it is known. */
  readonly provider_id: string | null
  readonly counts: BatchCounts
  /** When the provider last told how far it has come. */
  readonly checked_at: string | null
  readonly ended_at: string | null
  /** Why the provider processed none of it; or why calls about it fail now. */
  readonly reason: string | null
  /** Since when calls about it have failed; null if the last one did not. */
  readonly failing_since: string | null
}

/** One request of a batch, in `batch_requests/<batch>.json`. What it says is in the prompt that it names. */
export interface BatchedRequest {
  /** Its custom id at the provider, and its id in the ledger. */
  readonly request: string
  /** Key of the answer that it asks for. */
  readonly answer: string
  readonly question: Question
  /** Hash of its messages. */
  readonly prompt: string
  readonly most_usd: number | null
}

/** The questions that an item waits for, in `wanted/<item>.json`. */
export type WantedQuestions = readonly Question[]

/** How requests of a batch that failed or expired are asked again: alone, at the full price, or in the next batch. */
export const batchRetries = ['sync', 'batch'] as const

export type BatchRetry = (typeof batchRetries)[number]
