import type { Usage } from '../models/usage.ts'
import type { ServedBy } from './served-by.ts'

/** Which question an answer answers: unique within a run. */
export interface Question {
  readonly item: string
  /** 0-based, below best-of N. */
  readonly sample: number
  /** 1 is the first request; later rounds are sent with feedback. */
  readonly round: number
  /** Index of the test pair asked about, for recipes that ask once per test input; otherwise null. */
  readonly test_pair: number | null
  /** Key of the same sample's answer in the previous round; null in round 1. */
  readonly previous: string | null
}

/** What was sent, without the messages: those are stored once for all samples that share them. */
interface SentRequest {
  /** Hash under which the messages are stored in `prompts/`. */
  readonly prompt: string
  /** Body fields besides the messages, under the provider's names: model, temperature, max_tokens, seed… */
  readonly parameters: Readonly<Record<string, unknown>>
}

/** One model answer, stored the moment it arrives: `answers/xx/<key>.json`. Nothing in it depends on how it is read. */
export interface Answer {
  readonly key: string
  readonly question: Question
  readonly sent: SentRequest
  readonly asked_at: string
  readonly answered_at: string
  /** From sending the request until the answer was complete, not counting the wait for the provider's gate. */
  readonly time_seconds: number
  /** The provider's whole response body; null if it refused the request. */
  readonly response: unknown
  /** The provider's words if it refused the request, otherwise null. */
  readonly rejected: string | null
  /** Absent if it was refused, and from older answers, whose `response` says it (`whoServed`). */
  readonly served_by?: ServedBy
  readonly usage: Usage
  /** Null if neither the provider nor the registry gives a price. */
  readonly cost_usd: number | null
  /** The request's id in the ledger, so that it can be settled again after a crash in between. */
  readonly ledger_request: string
  /** The provider's own id of the request, for its support and its logs. */
  readonly request_id: string | null
}

/**
 * The input of an answer's key. In the first round, it is everything that was sent; in a later one, the previous answer and the
 * round, because feedback may be reworded and must not be paid for again.
 */
export function keyMaterial(question: Question, messages: unknown, parameters: unknown): unknown {
  const { item, sample, test_pair, previous, round } = question
  return previous === null ? { messages, parameters, item, sample, test_pair } : { previous, round }
}
