import type { Usage } from '../models/usage.ts'

/** Which question an answer answers: unique within a run. */
export interface Question {
  readonly item: string
  /** 0-based, below best-of N. */
  readonly sample: number
  /** 1 is the first request; later rounds go back with feedback. */
  readonly round: number
  /** Index of the test pair asked for, by recipes that ask once per test input; null for the others. */
  readonly test_pair: number | null
  /** Key of the same sample's answer in the round before; null in round 1. */
  readonly previous: string | null
}

/** What was sent, less the messages: they are stored once for all samples that share them. */
interface SentRequest {
  /** Hash under which the messages are stored in `prompts/`. */
  readonly prompt: string
  /** Body fields beside the messages, by the provider's names: model, temperature, max_tokens, seed… */
  readonly parameters: Readonly<Record<string, unknown>>
}

/** One model answer as it is stored the moment it arrives: `answers/xx/<key>.json`. Nothing in it depends on how it is read. */
export interface Answer {
  readonly key: string
  readonly question: Question
  readonly sent: SentRequest
  readonly asked_at: string
  readonly answered_at: string
  /** From the request's first byte until its answer was whole; waiting for the provider's gate not counted. */
  readonly time_seconds: number
  /** The provider's whole response body; null when it would not take the request. */
  readonly response: unknown
  /** The provider's words when it would not take the request, else null. */
  readonly rejected: string | null
  readonly usage: Usage
  /** Null where neither the provider nor the registry knows a price. */
  readonly cost_usd: number | null
  /** The request's id in the ledger, so that it can be settled again where a crash came between. */
  readonly ledger_request: string
  /** The provider's own id of the request, for its support and its logs. */
  readonly request_id: string | null
}

/**
 * What an answer's key is the hash of. In the first round everything that was sent decides; in a later one the answer
 * before and its round do, because feedback may be worded anew and must not be paid for anew.
 */
export function keyMaterial(question: Question, messages: unknown, parameters: unknown): unknown {
  const { item, sample, test_pair, previous, round } = question
  return previous === null ? { messages, parameters, item, sample, test_pair } : { previous, round }
}
