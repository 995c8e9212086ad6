import type { ModelProvider } from '../providers/providers.ts'

/** Token prices at a provider. They change without notice, so they are only as good as their date. */
export interface ModelPrices {
  readonly promptUsdPerMillion: number
  readonly completionUsdPerMillion: number
  /** ISO date on which the prices were read. */
  readonly asOf: string
}

/** A model as the registry (`models.json`) knows it. */
export interface Model {
  /** Its name on the command line: `GEMINI_FLASH`, or `provider/model-id` if it has no entry. */
  readonly key: string
  readonly provider: ModelProvider
  /** The provider's own name for it. */
  readonly id: string
  readonly baseUrl: string
  /** Name of the environment variable with the key; absent if none is needed. */
  readonly apiKeyVariable?: string
  /** Absent if unknown: such a model refuses a budget. */
  readonly prices?: ModelPrices
  readonly limits: ModelLimits
  /** Limits over all models of this provider at one address together; absent if the registry sets none. */
  readonly providerLimits?: ModelLimits
  readonly defaults: Omit<Sampling, 'seed'>
  /** The author name of its traces. */
  readonly username: string
}

/** What the provider is known to allow. If absent, the gate finds out. */
export interface ModelLimits {
  readonly requestsPerMinute?: number
  readonly concurrentRequests?: number
  /** Longer replies are cut off. Default 64. */
  readonly maxReplyMegabytes?: number
}

/** Sampling parameters. Absent ones are not sent: the provider's default applies. */
export interface Sampling {
  readonly temperature?: number
  readonly maxTokens?: number
  readonly reasoningEffort?: string
  readonly seed?: number
}

/**
 * Tokens as counted by the provider; reasoning tokens are part of the completion. Null, meaning unknown, if it did not say, or
 * said something implausible.
 */
export interface TokenUsage {
  readonly promptTokens: number | null
  readonly completionTokens: number | null
  readonly reasoningTokens?: number
}

/** The charge reported by the provider, in USD; `unreadable` if it is not a number. */
export type ClaimedCost = number | 'unreadable'

/** Cost of a call by the registry's prices, in USD. */
export function priceCall(
  prices: ModelPrices,
  usage: { readonly promptTokens: number; readonly completionTokens: number },
): number {
  const { promptUsdPerMillion, completionUsdPerMillion } = prices
  return (usage.promptTokens * promptUsdPerMillion + usage.completionTokens * completionUsdPerMillion) / 1e6
}

/** Maximum cost of a call, in USD: no tokenizer makes more than one token of a byte, and no reply is longer than allowed. */
export function maxCallCostUsd(prices: ModelPrices, promptBytes: number, maxTokens: number): number {
  return priceCall(prices, { promptTokens: promptBytes, completionTokens: maxTokens })
}
