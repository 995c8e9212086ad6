import type { ServedBy } from '../../domain/answers/served-by.ts'
import { ModelRequestFailed } from '../../domain/models/model-failure.ts'
import type { ClaimedCost, Model, Sampling, TokenUsage } from '../../domain/models/model-spec.ts'
import { parametersOf } from '../../domain/models/parameters-of.ts'
import type { RateLimit } from '../../domain/models/rate-limit.ts'
import { shapeMessages } from '../../domain/models/shape-messages.ts'
import { withoutSecrets } from '../../domain/models/without-secrets.ts'
import { findApi } from '../../domain/providers/providers.ts'
import type { Delta } from '../../domain/providers/streams/streaming.ts'
import type { Message } from '../../domain/recipes/recipe.ts'
import { createBackgroundClient, type BackgroundClient } from './background/background-client.ts'
import { openReply, parseBody, receive, standardReplyMegabytes } from './http/exchange.ts'
import { hideKey } from './http/hide-key.ts'
import { joinUrl, showAddress } from './http/join-url.ts'
import { patientFetch, type Fetch } from './http/patient-fetch.ts'
import { readKey } from './http/read-key.ts'
import { readReply } from './read-reply.ts'
import { isEventStream, isStreamText, readStream } from './read-stream.ts'
import { standardPatience, watchReply, type Patience } from './watch-reply.ts'

interface ModelRequest {
  readonly model: Pick<Model, 'provider' | 'id' | 'baseUrl' | 'apiKeyVariable'> &
    Partial<Pick<Model, 'api' | 'background' | 'baseUrls' | 'limits' | 'systemRole' | 'tokenLimitParameter' | 'stream'>>
  readonly messages: readonly Message[]
  readonly sampling: Sampling
  /**
   * If set, the answer is asked for as a stream, and this gets its pieces as they come. From a provider, a model or a server that
   * does not stream it gets the whole answer once. What it got before a failure is all there is of that answer.
   */
  readonly onDelta?: ((delta: Delta) => void) | undefined
  /** Gets the provider's name for a streamed or whole call once, if it is known before the answer has come. */
  readonly onAccepted?: ((providerId: string) => void) | undefined
  /**
   * If set, and the provider can answer in the background, it is asked to, and this gets its name for the call before anything
   * is waited for: by that name, anybody can have the answer later.
   */
  readonly onBackgroundCall?: (id: string) => Promise<void>
  /** Gets what people may be told while they wait. */
  readonly say?: (doing: string) => void
  /** Bodies of earlier replies, by the `answer` of the messages that stand for them. */
  readonly earlierReplies?: Readonly<Record<string, unknown>>
}

export interface ModelReply {
  /** The provider's whole response body, as JSON. */
  readonly response: unknown
  readonly text: string
  /** The model's own reasoning, if the provider sends it apart from the text. */
  readonly reasoning?: string
  readonly refusal?: string
  /** `stop`, `length`, `content_filter`, or another word of the provider; `unknown` if it sends none. */
  readonly finishReason: string
  readonly usage: TokenUsage
  /** What the provider itself says it charged, if it does (OpenRouter). */
  readonly claimedCost?: ClaimedCost
  readonly requestId?: string
  readonly servedBy: ServedBy
  /** What the provider said about its limits. */
  readonly rateLimits?: readonly RateLimit[]
}

export interface ModelClient extends BackgroundClient {
  /**
   * Sends one request, once; retries are up to the caller.
   *
   * @throws {ModelRequestFailed} when no usable reply came.
   * @throws the signal's reason when it was aborted.
   */
  complete(request: ModelRequest, signal: AbortSignal): Promise<ModelReply>
}

export interface ModelClientOptions {
  /** Reads a key by the name of its environment variable. */
  readonly apiKey: (variable: string) => string | undefined
  readonly patience?: Partial<Patience>
  readonly fetch?: Fetch
}

export function createModelClient(options: ModelClientOptions): ModelClient {
  const { apiKey, fetch = patientFetch } = options
  const patience = { ...standardPatience, ...options.patience }
  const background = createBackgroundClient(options, fetch)
  return {
    ...background,
    async complete(asked, signal) {
      const sentAtMs = Date.now()
      const sent = await send(asked, signal)
      if (!('acceptedAs' in sent)) return { ...sent, servedBy: nameAddress(sent.servedBy, asked.model) }
      const { acceptedAs: id } = sent
      await asked.onBackgroundCall?.(id)
      return background.collect({ ...asked, id, sentAtMs }, signal, true)
    },
  }

  /** @returns the provider's name for the call if it answers in the background */
  async function send(
    { model, messages, sampling, onDelta, onAccepted, onBackgroundCall, earlierReplies }: ModelRequest,
    signal: AbortSignal,
  ): Promise<ModelReply | { readonly acceptedAs: string }> {
    const provider = findApi(model)
    const inBackground = onBackgroundCall && model.background !== false ? provider.background : undefined
    const key = readKey(model.apiKeyVariable, apiKey)
    const url = joinUrl(model.baseUrl, provider.path)
    const { body, headers } = provider.renderRequest({
      ...parametersOf(model, sampling),
      messages: shapeMessages(messages, model.systemRole),
      ...(earlierReplies && { earlierReplies }),
    })
    const { streaming } = provider
    const asksForStream = streaming && onDelta && model.stream !== false && inBackground === undefined
    const watch = watchReply(patience)
    const request = {
      method: 'POST',
      headers: { ...(asksForStream && { accept: 'text/event-stream, application/json' }), ...headers },
      body: JSON.stringify({ ...body, ...(asksForStream && streaming.parameters), ...inBackground?.parameters }),
      signal: AbortSignal.any([signal, watch.signal]),
    }
    try {
      const response = await openReply({ fetch, provider, key, url, ...request })
      const megabytes = model.limits?.maxReplyMegabytes ?? standardReplyMegabytes
      const hide = (text: string) => hideKey(text, key)
      const name = tellOnce(onAccepted)
      if (provider.callIdHeader) name(response.headers.get(provider.callIdHeader) ?? undefined)
      // Some servers send a stream to whoever asks. It is an answer, and it was charged.
      const stream = streaming && { provider, streaming, megabytes, hide, onDelta, name, heard: watch.heard }
      if (stream && isEventStream(response)) return await readStream({ ...stream, response })
      const httpReply = await receive(response, key, megabytes)
      signal.throwIfAborted()
      if (stream && isStreamText(httpReply.text)) {
        return await readStream({ ...stream, response: new Response(httpReply.text, httpReply) })
      }
      const call = inBackground?.readCall(parseBody(httpReply.text))
      if (call?.isPending) return { acceptedAs: call.id }
      const reply = readReply(provider, httpReply.text, httpReply.headers)
      onDelta?.({ text: reply.text, reasoning: reply.reasoning ?? '' })
      return reply
    } catch (error) {
      if (signal.aborted) throw signal.reason
      if (!(error instanceof ModelRequestFailed)) throw error
      const failed = watch.failure ?? error.failed
      throw new ModelRequestFailed({ ...failed, ...showAddress(url, provider.path) }, error.paid, error.partial)
    } finally {
      watch.close()
    }
  }
}

/** Passes on the first name only. */
function tellOnce(tell: ((name: string) => void) | undefined): (name: string | undefined) => void {
  let isTold = false
  return (name) => {
    if (isTold || name === undefined || name === '') return
    isTold = true
    tell?.(name)
  }
}

/** Which of several addresses answered: no reply says that. */
function nameAddress(servedBy: ServedBy, { baseUrl, baseUrls }: ModelRequest['model']): ServedBy {
  return baseUrls === undefined ? servedBy : { ...servedBy, base_url: withoutSecrets(baseUrl) }
}
