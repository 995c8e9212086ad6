import type { PartialAnswer } from '../models/model-failure.ts'
import type { Question } from './answer.ts'

/**
 * What had come of an answer when its stream broke: `partial/<item>.<sample>.<round>.<time>-<request>.json`. It is for people:
 * nothing takes it for an answer.
 */
export interface StoredPartial {
  /** Key of the answer that was asked for. */
  readonly answer: string
  readonly question: Question
  /** Why it broke, as in the ledger. */
  readonly reason: string
  readonly asked_at: string
  readonly broke_at: string
  readonly text: string
  readonly reasoning: string
  /** Characters of text and reasoning that are not kept. */
  readonly omitted_characters: number
  /** The request's id in the ledger. */
  readonly ledger_request: string
  /** The provider's own id of the request. */
  readonly request_id: string | null
}

/** Of text and of reasoning. Some hundred pages: a model that goes round in circles need not be kept whole. */
const maxCharacters = 200_000

/** The beginnings of what had come. */
export function shortenPartial({
  text,
  reasoning,
}: PartialAnswer): Pick<StoredPartial, 'text' | 'reasoning' | 'omitted_characters'> {
  const kept = { text: text.slice(0, maxCharacters), reasoning: reasoning.slice(0, maxCharacters) }
  const omitted = text.length + reasoning.length - kept.text.length - kept.reasoning.length
  return { ...kept, omitted_characters: omitted }
}

/** Names sort by time within a round of a sample. */
export function namePartial({ question, broke_at, ledger_request }: StoredPartial): string {
  return `${prefixPartials(question)}${broke_at.replaceAll(/\D/g, '')}-${ledger_request.slice(0, 8)}`
}

/** An item, or one round of one of its samples. */
export type PartialsOf = Pick<Question, 'item'> | Pick<Question, 'item' | 'sample' | 'round'>

/** What the names of all partial answers of an item, or of one round of a sample, begin with. */
export function prefixPartials(of: PartialsOf): string {
  return 'sample' in of ? `${of.item}.${of.sample}.${of.round}.` : `${of.item}.`
}
