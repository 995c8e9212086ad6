import type { ClaimedCost, TokenUsage } from '../models/model-spec.ts'
import { asNumber, asRecord } from './json.ts'

/** The largest context on the market; a count above it is an error. */
const maxTokens = 10_000_000

/**
 * The usage reported by a reply. Missing, negative, huge, fractional or written as text: unknown, never zero.
 *
 * @param serviceTier as the reply names it
 */
export function readUsage(usage: unknown, serviceTier?: unknown): TokenUsage {
  const { prompt_tokens, completion_tokens, prompt_tokens_details, completion_tokens_details } = asRecord(usage)
  const { cached_tokens, cache_write_tokens } = asRecord(prompt_tokens_details)
  const reasoningTokens = readCount(asRecord(completion_tokens_details)['reasoning_tokens'])
  return {
    promptTokens: readCount(prompt_tokens),
    completionTokens: readCount(completion_tokens),
    ...(reasoningTokens !== null && { reasoningTokens }),
    ...readPriceFactors({ read: cached_tokens, written: cache_write_tokens, serviceTier }),
  }
}

/** What makes tokens cheaper or dearer. What is not reported, or is as usual, is left out. */
export function readPriceFactors(reported: {
  readonly read: unknown
  readonly written: unknown
  readonly serviceTier: unknown
}): Pick<TokenUsage, 'cacheReadTokens' | 'cacheWriteTokens' | 'serviceTier'> {
  const cacheReadTokens = readCount(reported.read)
  const cacheWriteTokens = readCount(reported.written)
  const { serviceTier } = reported
  return {
    ...(cacheReadTokens && { cacheReadTokens }),
    ...(cacheWriteTokens && { cacheWriteTokens }),
    ...(typeof serviceTier === 'string' && !isStandardTier(serviceTier) && { serviceTier }),
  }
}

/** At OpenAI, Anthropic and Groq, and llama.cpp's empty one. */
const standardTiers = new Set(['', 'default', 'standard', 'auto', 'on_demand'])

export function isStandardTier(tier: string): boolean {
  return standardTiers.has(tier.toLowerCase())
}

/** Null for anything that is not a count of tokens. */
export function readCount(value: unknown): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && value <= maxTokens ? value : null
}

/**
 * For a reply with text: every prompt has tokens, and so has every text. Servers that do not count report zeros, which
 * would make the reply free.
 */
export function doubtZeros(usage: TokenUsage, hasText: boolean): TokenUsage {
  const { promptTokens, completionTokens } = usage
  return {
    ...usage,
    promptTokens: promptTokens || null,
    completionTokens: hasText ? completionTokens || null : completionTokens,
  }
}

/**
 * The charge reported by the provider, such as OpenRouter's `usage.cost`. With your own key at the provider behind it, that
 * is only OpenRouter's fee, and the other charge is reported beside it; if it is not, the cost is unknown.
 *
 * @returns undefined if nothing is reported
 */
export function readClaimedCost(usage: unknown): ClaimedCost | undefined {
  const { cost, is_byok, cost_details } = asRecord(usage)
  if (cost === undefined || cost === null) return undefined
  const costUsd = asNumber(cost)
  if (costUsd === undefined) return 'unreadable'
  if (is_byok !== true) return costUsd
  const upstream = asNumber(asRecord(cost_details)['upstream_inference_cost'])
  return upstream === undefined ? undefined : costUsd + upstream
}
