import type { ClaimedCost, TokenUsage } from '../models/model-spec.ts'
import { asNumber, asRecord } from './json.ts'

/** The largest context that is sold; a count above it is a slip. */
const maxTokens = 10_000_000

/** What a reply says it used. Missing, negative, huge, fractional or written as text: unknown, and never nothing. */
export function readUsage(usage: unknown): TokenUsage {
  const { prompt_tokens, completion_tokens, completion_tokens_details } = asRecord(usage)
  const reasoningTokens = readCount(asRecord(completion_tokens_details)['reasoning_tokens'])
  return {
    promptTokens: readCount(prompt_tokens),
    completionTokens: readCount(completion_tokens),
    ...(reasoningTokens !== null && { reasoningTokens }),
  }
}

/** Null for what is no count of tokens. */
export function readCount(value: unknown): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && value <= maxTokens ? value : null
}

/**
 * Of a reply that was written: every prompt has tokens, and so has every text. Servers that do not count put zeros there, which
 * would make the reply free.
 */
export function doubtZeros(usage: TokenUsage, written: boolean): TokenUsage {
  const { promptTokens, completionTokens } = usage
  return {
    ...usage,
    promptTokens: promptTokens || null,
    completionTokens: written ? completionTokens || null : completionTokens,
  }
}

/**
 * What a provider says it charged, as OpenRouter does in `usage.cost`. With a key of one's own at the provider behind it that
 * is OpenRouter's fee alone, and what the other charges stands beside it; where it does not, the cost is not told.
 *
 * @returns undefined where nothing is said of it
 */
export function readClaimedCost(usage: unknown): ClaimedCost | undefined {
  const { cost, is_byok, cost_details } = asRecord(usage)
  if (cost === undefined || cost === null) return undefined
  const own = asNumber(cost)
  if (own === undefined) return 'unreadable'
  if (is_byok !== true) return own
  const upstream = asNumber(asRecord(cost_details)['upstream_inference_cost'])
  return upstream === undefined ? undefined : own + upstream
}
