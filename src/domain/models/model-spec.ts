import type { ModelProvider } from '../providers/providers.ts'
import type { BodyFields } from './own-fields.ts'

/** What tokens cost. A kind without a price of its own costs what contains it: prompt or completion. */
export interface TokenRates {
  readonly promptUsdPerMillion: number
  readonly completionUsdPerMillion: number
  /** Prompt tokens that the provider read from its cache. */
  readonly cacheReadUsdPerMillion?: number
  /** Prompt tokens that it wrote to its cache. */
  readonly cacheWriteUsdPerMillion?: number
  readonly reasoningUsdPerMillion?: number
}

/** The prices at a provider. They change without notice, so they are only as good as their date. */
export interface ModelPrices extends TokenRates {
  /** What each request costs besides its tokens. */
  readonly requestUsd?: number
  /** Other rates for long prompts, which then hold for the whole request. */
  readonly longPrompts?: readonly LongPromptRates[]
  /** Factor on everything, by the service tier that the reply names (`flex`, `priority`, `batch`). */
  readonly serviceTiers?: Readonly<Record<string, number>>
  /** ISO date on which the prices were read. */
  readonly asOf: string
  /** Absent in runs of older versions, whose prices are the registry's or a provider's default. */
  readonly source?: PriceSource
}

export interface LongPromptRates extends TokenRates {
  /** They apply to prompts of more tokens than this. */
  readonly abovePromptTokens: number
}

/**
 * `registry`: `models.json` or `arcloom.models.json`; `openrouter`: its list of models; `genai-prices`: the package
 * `@pydantic/genai-prices`; `free-variant`: an OpenRouter model whose name ends in `:free`; `own-machine`: a local server.
 */
export type PriceSource = 'registry' | 'openrouter' | 'genai-prices' | 'free-variant' | 'own-machine'

/** A model as the registry (`models.json`) knows it. */
export interface Model {
  /** Its name on the command line: `GEMINI_FLASH`, or `provider/model-id` if it has no entry. */
  readonly key: string
  readonly provider: ModelProvider
  /** The provider's own name for it. */
  readonly id: string
  /** The first one, if there are several. */
  readonly baseUrl: string
  /** Several servers of the same model, each with the `limits` of its own. */
  readonly baseUrls?: readonly string[]
  /** Name of the environment variable with the key; absent if none is needed. */
  readonly apiKeyVariable?: string
  /** Absent if unknown: such a model refuses a budget. */
  readonly prices?: ModelPrices
  readonly limits: ModelLimits
  /** Limits over all models of this provider at one address together; absent if the registry sets none. */
  readonly providerLimits?: ModelLimits
  readonly defaults: Omit<Sampling, 'seed' | 'parameters'>
  /** What its requests call a system message; `user`: it begins the first user message. Absent: `system`. */
  readonly systemRole?: SystemRole
  /** What its requests call the limit of an answer's tokens, if not as the provider does. */
  readonly tokenLimitParameter?: TokenLimitParameter
  /** If set, it takes none: an entry may have no default, and `--temperature` is refused. */
  readonly temperature?: false
  /** Further fields of its requests' bodies, under the provider's own names. */
  readonly parameters?: BodyFields
  /** The protocol of its requests, where its provider has two. Absent: the provider's usual one, as in runs of older versions. */
  readonly api?: ModelApi
  /** If set, its calls end with their connection even where the provider could go on with them. */
  readonly background?: false
  /** If set, its answers are never asked for as streams: its server refuses them. */
  readonly stream?: false
  /** The author name of its traces. */
  readonly username: string
}

export type SystemRole = 'system' | 'developer' | 'user'

/** `chat`: OpenAI's chat completions; `responses`: its Responses API. */
export type ModelApi = 'chat' | 'responses'

export type TokenLimitParameter = 'max_tokens' | 'max_completion_tokens'

/** What the provider is known to allow. If absent, the gate finds out. */
export interface ModelLimits {
  readonly requestsPerMinute?: number
  /** Of prompts and answers together. */
  readonly tokensPerMinute?: number
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
  /** Further fields of a request's body, under the provider's own names. None of them is a field that Arcloom sends itself. */
  readonly parameters?: BodyFields
}

/**
 * Tokens as counted by the provider; reasoning tokens are part of the completion. Null, meaning unknown, if it did not say, or
 * said something implausible.
 */
export interface TokenUsage {
  readonly promptTokens: number | null
  readonly completionTokens: number | null
  readonly reasoningTokens?: number
  /** Part of the prompt, like the next one. Absent if there are none. */
  readonly cacheReadTokens?: number
  readonly cacheWriteTokens?: number
  /** The service tier that answered, if it is not the standard one. */
  readonly serviceTier?: string
}

/** The charge reported by the provider, in USD; `unreadable` if it is not a number. */
export type ClaimedCost = number | 'unreadable'
