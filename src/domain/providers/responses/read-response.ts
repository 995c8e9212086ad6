import type { TokenUsage } from '../../models/model-spec.ts'
import type { Reply } from '../../recipes/recipe.ts'
import { asRecord, asText } from '../json.ts'
import { readCount, readPriceFactors } from '../read-usage.ts'

/*
 * The body of OpenAI's Responses API (platform.openai.com/docs/api-reference/responses/object). Where a chat completion has
 * one message, it has a list of items: messages, whose content comes in parts, and reasoning.
 */

/** Whether a body is a response, rather than a chat completion: stored answers of one provider may be either. */
export function isResponse(body: unknown): boolean {
  const { object, output } = asRecord(body)
  return object === 'response' || Array.isArray(output)
}

/** What the model wrote. Never throws: missing parts are empty. */
export function readResponse(body: unknown): Reply {
  const items = listItems(body)
  const parts = items.filter(({ type }) => type === 'message').map(({ content }) => listRecords(content))
  const text = parts.map((ofMessage) => joinTexts(ofMessage, 'output_text', 'text', '')).filter(Boolean)
  const refusal = parts.map((ofMessage) => joinTexts(ofMessage, 'refusal', 'refusal', '')).join('')
  const reasoning = items
    .filter(({ type }) => type === 'reasoning')
    .map(readReasoning)
    .filter(Boolean)
    .join('\n\n')
  return {
    text: text.join('\n\n'),
    ...(reasoning.trim() !== '' && { reasoning }),
    ...(refusal && { refusal }),
    finishReason: readFinishReason(asRecord(body)),
  }
}

/** Models whose reasoning is open (gpt-oss) send it whole; OpenAI's own at most a summary. */
function readReasoning({ content, summary }: Record<string, unknown>): string {
  const whole = joinTexts(listRecords(content), 'reasoning_text', 'text', '')
  return whole || joinTexts(listRecords(summary), 'summary_text', 'text', '\n\n')
}

function readFinishReason({ status, incomplete_details }: Record<string, unknown>): string {
  if (status === 'completed') return 'stop'
  if (status === 'incomplete') return asText(asRecord(incomplete_details)['reason']) || 'incomplete'
  return asText(status) || 'unknown'
}

/** A response that ran out of tokens while it thought has no message, and is an answer all the same. */
export function holdsResponse(body: unknown): boolean {
  const { status } = asRecord(body)
  if (status === 'completed') return listItems(body).some(({ type }) => type === 'message' || type === 'reasoning')
  return status === 'incomplete'
}

/** The error in place of an answer. A response that somebody cancelled names none. */
export function findResponseError(body: unknown): unknown {
  const { error, status } = asRecord(body)
  if (error) return error
  if (status === 'failed') return { message: 'the response failed, and no reason was given' }
  return status === 'cancelled' ? { code: 'response_cancelled', message: 'the response was cancelled' } : undefined
}

/** `input_tokens` has the cached ones in it, and `output_tokens` the reasoning. */
export function readResponseUsage(body: unknown): TokenUsage {
  const { usage, service_tier } = asRecord(body)
  const { input_tokens, input_tokens_details, output_tokens, output_tokens_details } = asRecord(usage)
  const { cached_tokens, cache_write_tokens } = asRecord(input_tokens_details)
  const reasoningTokens = readCount(asRecord(output_tokens_details)['reasoning_tokens'])
  return {
    promptTokens: readCount(input_tokens),
    completionTokens: readCount(output_tokens),
    ...(reasoningTokens !== null && { reasoningTokens }),
    ...readPriceFactors({ read: cached_tokens, written: cache_write_tokens, serviceTier: service_tier }),
  }
}

/** The items of a response as they are sent back: whole, without fields that are null, which some inputs do not take. */
export function listItemsToSendBack(body: unknown): readonly Record<string, unknown>[] {
  return listItems(body).map((item) => Object.fromEntries(Object.entries(item).filter(([, value]) => value !== null)))
}

function listItems(body: unknown): readonly Record<string, unknown>[] {
  return listRecords(asRecord(body)['output'])
}

function listRecords(value: unknown): readonly Record<string, unknown>[] {
  return Array.isArray(value) ? (value as unknown[]).map(asRecord) : []
}

function joinTexts(parts: readonly Record<string, unknown>[], type: string, field: string, between: string): string {
  return parts
    .filter((part) => part['type'] === type)
    .map((part) => asText(part[field]) ?? '')
    .join(between)
}
