import { ModelRequestFailed, type FailedRequest } from '../../domain/models/model-failure.ts'
import type { ClaimedCost, Model, Sampling, TokenUsage } from '../../domain/models/model-spec.ts'
import { shapeMessages } from '../../domain/models/shape-messages.ts'
import { findProvider } from '../../domain/providers/providers.ts'
import type { Delta } from '../../domain/providers/streams/streaming.ts'
import type { Message } from '../../domain/recipes/recipe.ts'
import { describeCutReply, describeTooLarge, describeUnanswered } from './describe-failed-request.ts'
import { hideInHeaders, hideKey } from './hide-key.ts'
import { joinUrl } from './join-url.ts'
import { keepHeaders } from './keep-headers.ts'
import { patientFetch, type Fetch } from './patient-fetch.ts'
import { readBody } from './read-body.ts'
import { readKey } from './read-key.ts'
import { readReply } from './read-reply.ts'
import { isEventStream, isStreamText, readStream } from './read-stream.ts'

interface ModelRequest {
  readonly model: Pick<Model, 'provider' | 'id' | 'baseUrl' | 'apiKeyVariable'> &
    Partial<Pick<Model, 'limits' | 'systemRole' | 'tokenLimitParameter'>>
  readonly messages: readonly Message[]
  readonly sampling: Sampling
  /**
   * If set, the answer is asked for as a stream, and this gets its pieces as they come. From a provider or a server that does not
   * stream it gets the whole answer once. What it got before a failure is all there is of that answer.
   */
  readonly onDelta?: ((delta: Delta) => void) | undefined
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
}

export interface ModelClient {
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
  /** From the request's first byte to the reply's last. Default 20 minutes: reasoning models take that long. */
  readonly timeoutMs?: number
  readonly fetch?: Fetch
}

export function createModelClient(options: ModelClientOptions): ModelClient {
  const { apiKey, timeoutMs = 20 * 60_000, fetch = patientFetch } = options
  return {
    async complete({ model, messages, sampling, onDelta }, signal) {
      const provider = findProvider(model.provider)
      const key = readKey(model.apiKeyVariable, apiKey)
      const url = joinUrl(model.baseUrl, provider.path)
      const { body, headers } = provider.renderRequest(
        model.id,
        sampling,
        shapeMessages(messages, model.systemRole),
        model.tokenLimitParameter,
      )
      const streaming = onDelta && provider.streaming
      const deadline = AbortSignal.timeout(timeoutMs)
      const request = {
        method: 'POST',
        headers: {
          ...standardHeaders,
          ...(streaming && { accept: 'text/event-stream, application/json' }),
          ...headers,
          ...(key !== undefined && provider.renderKey(key)),
        },
        body: JSON.stringify({ ...body, ...streaming?.parameters }),
        signal: AbortSignal.any([signal, deadline]),
      }
      try {
        const response = await fetch(url, request).catch((error: unknown) => {
          const failed = describeUnanswered(error)
          // Not as its cause: that error holds what was sent, and it may be logged.
          throw new ModelRequestFailed({ ...failed, message: hideKey(failed.message, key) })
        })
        const megabytes = model.limits?.maxReplyMegabytes ?? standardReplyMegabytes
        const hide = (text: string) => hideKey(text, key)
        const stream = streaming && { provider, streaming, megabytes, hide, onDelta }
        if (response.ok && stream && isEventStream(response)) return await readStream({ ...stream, response })
        const httpReply = await receive(response, key, megabytes)
        signal.throwIfAborted()
        if (response.ok && stream && isStreamText(httpReply.text)) {
          return await readStream({ ...stream, response: new Response(httpReply.text, httpReply) })
        }
        if (response.ok) {
          const reply = readReply(provider, httpReply.text, httpReply.headers)
          onDelta?.({ text: reply.text, reasoning: reply.reasoning ?? '' })
          return reply
        }
        const { status } = response
        throw new ModelRequestFailed({
          status,
          ...(key === undefined && { keyless: true }),
          ...provider.describeFailure(parseBody(httpReply.text), status),
          headers: keepHeaders(httpReply.headers),
        })
      } catch (error) {
        if (signal.aborted) throw signal.reason
        if (!(error instanceof ModelRequestFailed)) throw error
        const failed = deadline.aborted ? timedOut : error.failed
        throw new ModelRequestFailed({ ...failed, ...showAddress(url, provider.path) }, error.paid)
      }
    },
  }
}

/** Some gateways reject requests without a user agent. */
const standardHeaders = { accept: 'application/json', 'content-type': 'application/json', 'user-agent': 'Arcloom' }

interface Received {
  readonly headers: Headers
  readonly text: string
}

/**
 * Reads a reply, and hides the key in all of it before anything reads it, shortens it or stores it.
 *
 * @throws {ModelRequestFailed} if an answer was cut short
 */
async function receive(response: Response, key: string | undefined, megabytes: number): Promise<Received> {
  const { ok } = response
  const headers = hideInHeaders(response.headers, (text) => hideKey(text, key))
  const body = await readBody(response.body, ok ? megabytes * 1e6 : maxErrorBytes).catch((error: unknown) => {
    if (ok) throw new ModelRequestFailed(describeCutReply(error, headers.get('content-encoding')))
    // The status says enough.
    return { text: '', whole: true }
  })
  if (ok && !body.whole) throw new ModelRequestFailed(describeTooLarge(megabytes))
  return { headers, text: hideKey(body.text, key) }
}

/** Far more than an answer of a million tokens. */
const standardReplyMegabytes = 64

/** Of an error reply no more than this is read: the message is at the beginning. */
const maxErrorBytes = 256 * 1024

function showAddress(url: string, path: string): Pick<FailedRequest, 'address' | 'path'> {
  if (!URL.canParse(url)) return {}
  const { origin, pathname } = new URL(url)
  return { address: origin + pathname, path }
}

/** @returns the text itself if it is not JSON */
function parseBody(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

const timedOut: FailedRequest = { code: 'timeout', message: 'no complete reply within the time-out', headers: {} }
