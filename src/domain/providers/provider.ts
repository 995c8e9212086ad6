import type { FailedRequest } from '../models/model-failure.ts'
import type { ClaimedCost, ModelPrices, Sampling, TokenUsage } from '../models/model-spec.ts'
import type { Message, Reply } from '../recipes/recipe.ts'

/**
 * Everything that is peculiar to one provider's API. Sending, waiting, retrying, paying and storing are the same for all
 * and stand outside.
 *
 * Bodies come from the network or from stored answers of any age: what reads them never throws.
 */
export interface Provider {
  /** As registries, `provider/model-id` and `run.json` name it. */
  readonly name: string
  /** What a registry entry may leave out. */
  readonly defaults: ProviderDefaults
  /** Part of the stack itself: started with it, on a port that may move. */
  readonly runsHere?: true
  /** Every sample gets a seed, even in a run that was given none: without one this model answers all samples alike. */
  readonly seedsSamples?: true
  /** Where requests go, after the base URL. */
  readonly path: string
  /**
   * The fields of a request's body beside what the messages become.
   *
   * They are part of what an answer's key is the hash of: changing them makes stored answers unknown and pays for them
   * anew. What is unset is left out.
   */
  renderParameters(this: void, modelId: string, sampling: Sampling): Readonly<Record<string, unknown>>
  renderRequest(this: void, modelId: string, sampling: Sampling, messages: readonly Message[]): ProviderRequest
  /** The headers that carry a key. */
  renderKey(this: void, key: string): Readonly<Record<string, string>>
  /** What the model wrote. What is not there is empty. */
  readReply(this: void, body: unknown): Reply
  /** Whether a body holds a message at all, be it empty. */
  holdsMessage(this: void, body: unknown): boolean
  /** The error that stands in a body in place of an answer; undefined where there is none. */
  findError(this: void, body: unknown): unknown
  readPayment(this: void, body: unknown): Payment
  /** What an error body says, in the codes that `classifyModelFailure` knows. */
  describeFailure(this: void, body: unknown, status: number): DescribedFailure
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

/** What a reply says of tokens and money. */
interface Payment {
  readonly usage: TokenUsage
  /** What the provider itself says it charged. */
  readonly claimedCost?: ClaimedCost
}

/** `status` only where the body names another one than the reply had. */
export type DescribedFailure = Pick<FailedRequest, 'status' | 'code' | 'message' | 'details'>
