import type { ServedBy } from '../answers/served-by.ts'
import type { FailedRequest } from '../models/model-failure.ts'
import type {
  ClaimedCost,
  Model,
  ModelApi,
  ModelPrices,
  Sampling,
  TokenLimitParameter,
  TokenRates,
  TokenUsage,
} from '../models/model-spec.ts'
import type { BodyFields, OwnFields } from '../models/own-fields.ts'
import type { RateLimit } from '../models/rate-limit.ts'
import type { Message, Reply } from '../recipes/recipe.ts'
import type { Batching } from './batches/batching.ts'
import type { CostLookup } from './cost-lookup.ts'
import type { ReadHeader } from './rate-limits/read-rate-limit.ts'
import type { Streaming } from './streams/streaming.ts'

/**
 * Everything specific to one provider's API. Sending, waiting, retrying, paying and storing are the same for all
 * and live elsewhere.
 *
 * Bodies come from the network or from stored answers of any age: code that reads them never throws.
 */
export interface Provider {
  /** Its name in registries, `provider/model-id` and `run.json`. */
  readonly name: string
  /** Its name in sentences. */
  readonly title: string
  /** Defaults for a registry entry. */
  readonly defaults: ProviderDefaults
  /** Part of the stack itself: started with it, on a port that may change. */
  readonly runsHere?: true
  /** Every sample gets a seed, even in a run without one: otherwise this model answers all samples alike. */
  readonly seedsSamples?: true
  /** Publishes prices that `arcloom models --refresh` fetches. */
  readonly listsPrices?: true
  /** What fields of a registry entry no model of this provider can take, and why. */
  listImpossible?(
    this: void,
    entry: Pick<Partial<Model>, 'api' | 'background' | 'systemRole' | 'tokenLimitParameter'>,
  ): readonly ImpossibleField[]
  /** Fields of a request's body that nobody else may set, and what to set instead. */
  readonly ownFields: OwnFields
  /** Which of several hosts answers, as fields of a request's body; absent if there is one host. */
  renderRouting?(this: void, routing: HostRouting): BodyFields
  /** The highest rates that a request's own fields allow a host to charge, if they do. */
  readMaxRates?(this: void, parameters: BodyFields): TokenRates | undefined
  /** Path of requests, after the base URL. */
  readonly path: string
  /**
   * The fields of a request's body besides the messages.
   *
   * They are part of an answer's key: changing them makes stored answers unknown and pays for them
   * again. Unset ones are left out.
   */
  renderParameters(this: void, request: RequestParameters): Readonly<Record<string, unknown>>
  renderRequest(this: void, request: RequestContent): ProviderRequest
  /** The headers that carry a key. */
  renderKey(this: void, key: string): Readonly<Record<string, string>>
  /** Absent if it takes no batches. */
  readonly batching?: Batching
  /** Absent if it only sends whole replies. */
  readonly streaming?: Streaming
  /** The header in which a reply names its call before its body begins. */
  readonly callIdHeader?: string
  /** Absent if it cannot be asked later what a call has cost. */
  readonly costLookup?: CostLookup
  /** What the model wrote. Missing parts are empty. */
  readReply(this: void, body: unknown): Reply
  /** Whether a body contains a message at all, even an empty one. */
  holdsMessage(this: void, body: unknown): boolean
  /** The error that a body contains in place of an answer; undefined if there is none. */
  findError(this: void, body: unknown): unknown
  readPayment(this: void, body: unknown): Payment
  /** Who wrote the answer, as far as the body says. */
  readServed(this: void, body: unknown): ServedBy
  /** What a reply says about the provider's limits; most servers say nothing. @param body a refusal's */
  readRateLimits?(this: void, header: ReadHeader, nowMs: number, body?: unknown): readonly RateLimit[]
  /** What an error body says, in the codes that `classifyModelFailure` knows. */
  describeFailure(this: void, body: unknown, status: number): DescribedFailure
  /** Absent if a call ends with its connection. */
  readonly background?: Background
  /** Set if the model is to get its earlier replies back as they came, with whatever reasoning they hold. */
  readonly sendsRepliesBack?: true
  /** The other protocol it speaks; its replies are told from the usual ones by their bodies. */
  readonly responses?: ProviderApi
  /** The protocol for a model whose entry names none. Absent: chat completions, or whatever is its own. */
  chooseApi?(this: void, modelId: string, baseUrl: string): ModelApi
}

/** What differs where a provider is spoken to in another protocol. */
export type ProviderApi = Pick<
  Provider,
  | 'ownFields'
  | 'path'
  | 'renderParameters'
  | 'renderRequest'
  | 'streaming'
  | 'describeFailure'
  | 'background'
  | 'sendsRepliesBack'
>

/** Answers that the provider goes on with, whoever listens: a call is found again by its id. */
export interface Background {
  /** Fields of a request's body that ask for it. They are no part of an answer's key. */
  readonly parameters: Readonly<Record<string, unknown>>
  /** How a call is; undefined for anything that is not a call. */
  readCall(this: void, body: unknown): CallState | undefined
  /** Where its answer is, by GET. */
  find(this: void, id: string, modelId: string): CallPlace
  /** Where it is ended, by POST. */
  cancel(this: void, id: string): CallPlace
}

export interface CallState {
  readonly id: string
  /** The provider's word. */
  readonly status: string
  readonly isPending: boolean
}

/** Where a call is, below the path of requests. */
export interface CallPlace {
  readonly suffix: string
  readonly query?: Readonly<Record<string, string>>
}

/** Everything in a request's body besides its messages. */
export interface RequestParameters {
  readonly modelId: string
  readonly sampling: Sampling
  /** If not the provider's usual one. */
  readonly tokenLimitParameter?: TokenLimitParameter | undefined
}

export interface RequestContent extends RequestParameters {
  readonly messages: readonly Message[]
  /** Bodies of earlier replies, by the `answer` of the messages that stand for them. */
  readonly earlierReplies?: Readonly<Record<string, unknown>>
}

/** Which hosts behind a router may answer. */
export interface HostRouting {
  /** No others are asked. */
  readonly only?: readonly string[]
  /** These are asked first, in this order. */
  readonly order?: readonly string[]
  /** If false, no host is asked in place of the first. */
  readonly fallbacks?: boolean
  /** Only hosts that run the model's weights at one of these precisions. */
  readonly quantizations?: readonly string[]
}

export interface ImpossibleField {
  readonly field: 'api' | 'background' | 'systemRole' | 'tokenLimitParameter'
  /** What is allowed: `must be system or user: …`. */
  readonly message: string
}

interface ProviderDefaults {
  readonly baseUrl: string
  readonly apiKeyVariable?: string
  readonly prices?: ModelPrices
}

interface ProviderRequest {
  readonly body: Readonly<Record<string, unknown>>
  readonly headers?: Readonly<Record<string, string>>
}

/** What a reply reports about tokens and cost. */
interface Payment {
  readonly usage: TokenUsage
  /** The charge reported by the provider. */
  readonly claimedCost?: ClaimedCost
}

/** `status` only if the body names another one than the reply had. */
export type DescribedFailure = Pick<FailedRequest, 'status' | 'code' | 'message' | 'details'>
