import type { ModelProvider } from '../providers/providers.ts'

/** What tokens cost at a provider. Prices change without notice, so they are worth no more than their date. */
export interface ModelPrices {
  readonly promptUsdPerMillion: number
  readonly completionUsdPerMillion: number
  /** ISO date on which the prices were read. */
  readonly asOf: string
}

/** A model as the registry (`models.json`) knows it. */
export interface Model {
  /** How it is named on the command line: `GEMINI_FLASH`, or `provider/model-id` where it has no entry. */
  readonly key: string
  readonly provider: ModelProvider
  /** The provider's own name of it. */
  readonly id: string
  readonly baseUrl: string
  /** Name of the environment variable that holds the key; absent where none is needed. */
  readonly apiKeyVariable?: string
  /** Absent where they are not known: such a model refuses a budget. */
  readonly prices?: ModelPrices
  readonly limits: ModelLimits
  /** What holds over all models of this provider at one address together; absent where the registry sets nothing. */
  readonly providerLimits?: ModelLimits
  readonly defaults: Omit<Sampling, 'seed'>
  /** The name under which its traces are signed. */
  readonly username: string
}

/** What the provider is known to allow. Absent: the gate finds out. */
export interface ModelLimits {
  readonly requestsPerMinute?: number
  readonly concurrentRequests?: number
  /** Longer replies are cut off. 64 where it is not set. */
  readonly maxReplyMegabytes?: number
}

/** How a model is asked to write. What is absent is not sent: the provider's default applies. */
export interface Sampling {
  readonly temperature?: number
  readonly maxTokens?: number
  readonly reasoningEffort?: string
  readonly seed?: number
}

/**
 * Tokens as the provider counted them; those of reasoning are among those of the completion. Null where it did not say, or
 * said what cannot be: then nobody knows.
 */
export interface TokenUsage {
  readonly promptTokens: number | null
  readonly completionTokens: number | null
  readonly reasoningTokens?: number
}

/** What a provider itself says it charged, in USD; `unreadable` where it said something that is no number. */
export type ClaimedCost = number | 'unreadable'

/** What a call costs by the registry's prices, in USD. */
export function priceCall(
  prices: ModelPrices,
  usage: { readonly promptTokens: number; readonly completionTokens: number },
): number {
  const { promptUsdPerMillion, completionUsdPerMillion } = prices
  return (usage.promptTokens * promptUsdPerMillion + usage.completionTokens * completionUsdPerMillion) / 1e6
}

/** The most a call can cost, in USD: no tokenizer makes more than one token of a byte, and no reply is longer than allowed. */
export function maxCallCostUsd(prices: ModelPrices, promptBytes: number, maxTokens: number): number {
  return priceCall(prices, { promptTokens: promptBytes, completionTokens: maxTokens })
}
