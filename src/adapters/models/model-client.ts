import OpenAI from 'openai'
import { trimBasePath } from '../../domain/models/explain-address.ts'
import type { ClaimedCost, Model, Sampling, TokenUsage } from '../../domain/models/model-spec.ts'
import { ModelRequestFailed, type FailedRequest } from '../../domain/models/model-failure.ts'
import type { Message } from '../../domain/recipes/recipe.ts'
import { renderParameters } from '../../domain/models/render-parameters.ts'
import { describeCutReply, describeFailedRequest } from './describe-failed-request.ts'
import { findKeyFlaw } from './find-key-flaw.ts'
import { hideKey } from './hide-key.ts'
import { patientFetch, type Fetch } from './patient-fetch.ts'
import { readBody } from './read-body.ts'
import { readReply } from './read-reply.ts'

interface ModelRequest {
  readonly model: Pick<Model, 'provider' | 'id' | 'baseUrl' | 'apiKeyVariable'> & Partial<Pick<Model, 'limits'>>
  readonly messages: readonly Message[]
  readonly sampling: Sampling
}

export interface ModelReply {
  /** The provider's whole response body, as JSON. */
  readonly response: unknown
  readonly text: string
  /** The model's own reasoning, where the provider sends it apart from the text. */
  readonly reasoning?: string
  readonly refusal?: string
  /** `stop`, `length`, `content_filter`, or what else the provider says; `unknown` when it says nothing. */
  readonly finishReason: string
  readonly usage: TokenUsage
  /** What the provider itself says it charged, if it does (OpenRouter). */
  readonly claimedCost?: ClaimedCost
  readonly requestId?: string
}

export interface ModelClient {
  /**
   * Sends one request, once: repeating is the caller's.
   *
   * @throws {ModelRequestFailed} when no usable reply came.
   * @throws the signal's reason when it was aborted.
   */
  complete(request: ModelRequest, signal: AbortSignal): Promise<ModelReply>
}

export interface ModelClientOptions {
  /** Reads a key by the name of its environment variable. */
  readonly apiKey: (variable: string) => string | undefined
  /** From the request's first byte to the reply's last. Default 20 minutes: models that reason take that long. */
  readonly timeoutMs?: number
  readonly fetch?: Fetch
}

/** OpenRouter shows these to the account's owner beside each call (openrouter.ai/docs/app-attribution). */
const appHeaders = { 'HTTP-Referer': 'https://github.com/arcloom/arcloom', 'X-Title': 'Arcloom' }

export function createModelClient(options: ModelClientOptions): ModelClient {
  const { apiKey, timeoutMs = 20 * 60_000, fetch = patientFetch } = options
  return {
    async complete({ model, messages, sampling }, signal) {
      const key = readKey(model.apiKeyVariable, apiKey)
      const baseUrl = trimBaseUrl(model.baseUrl)
      const megabytes = model.limits?.maxReplyMegabytes ?? standardReplyMegabytes
      const deadline = AbortSignal.timeout(timeoutMs)
      const ended = AbortSignal.any([signal, deadline])
      let received: Received | ModelRequestFailed | undefined
      // The package may wrap it in an error of its own that has no code.
      let unsent: unknown
      const openai = new OpenAI({
        ...isolatedFromEnvironment,
        apiKey: key ?? 'none',
        baseURL: baseUrl,
        maxRetries: 0,
        timeout: longestTimerMs,
        defaultHeaders: {
          ...(model.provider === 'openrouter' && appHeaders),
          ...(key === undefined && { Authorization: null }),
        },
        // The package is shown that a reply came and never its body: it would read what is called JSON alone, keep of errors
        // what OpenAI's own have, and quote the key.
        fetch: async (url, init) => {
          const response = await fetch(url, init).catch((error: unknown) => {
            unsent = error
            throw error
          })
          received = await receive(response, key, megabytes)
          const { status, headers } = received instanceof ModelRequestFailed ? response : received
          return response.ok ? Response.json({}) : new Response(null, { status, headers })
        },
      })
      try {
        const body = { ...renderParameters(model, sampling), messages } as OpenAI.ChatCompletionCreateParamsNonStreaming // extensions of single providers are not in its types
        await openai.chat.completions.create(body, { signal: ended })
        signal.throwIfAborted()
        if (received === undefined || received instanceof ModelRequestFailed)
          throw received ?? new TypeError('no reply')
        return readReply(received.text, received.headers)
      } catch (error) {
        if (signal.aborted) throw signal.reason
        const address = showAddress(baseUrl)
        if (error instanceof ModelRequestFailed) {
          const failed = deadline.aborted ? timedOut : error.failed
          throw new ModelRequestFailed({ ...failed, ...address }, error.paid)
        }
        if (deadline.aborted) throw new ModelRequestFailed({ ...timedOut, ...address })
        const refusal = received === undefined || received instanceof ModelRequestFailed ? '' : received.text
        const failed = describeFailedRequest(unsent ?? error, refusal)
        // Not as its cause: the error holds what was sent, and it may be logged.
        throw new ModelRequestFailed({ ...failed, ...address, message: hideKey(failed.message, key) })
      }
    },
  }
}

interface Received {
  readonly status: number
  readonly headers: Headers
  readonly text: string
}

/** Reads a reply, and hides the key in all of it before anybody reads it, cuts it short or keeps it. */
async function receive(
  response: Response,
  key: string | undefined,
  megabytes: number,
): Promise<Received | ModelRequestFailed> {
  const { ok, status } = response
  const headers = new Headers([...response.headers].map(([name, value]) => [name, hideKey(value, key)]))
  const read = await readBody(response.body, ok ? megabytes * 1e6 : maxErrorBytes).catch((error: unknown) => {
    if (ok) return new ModelRequestFailed(describeCutReply(error, headers.get('content-encoding')))
    // The status says enough.
    return { text: '', whole: true }
  })
  if (read instanceof ModelRequestFailed) return read
  if (ok && !read.whole) return new ModelRequestFailed(describeTooLarge(megabytes))
  return { status, headers, text: hideKey(read.text, key) }
}

/** Far more than an answer of a million tokens. */
const standardReplyMegabytes = 64

/** Of an error no more is read: its words stand at the beginning. */
const maxErrorBytes = 256 * 1024

function describeTooLarge(megabytes: number): FailedRequest {
  return {
    status: 200,
    message:
      `the reply is longer than ${megabytes} MB, and was cut off there; ` +
      'limits.maxReplyMegabytes of the model in arcloom.models.json allows more',
    headers: {},
    reply: 'too-large',
  }
}

/** @returns the base URL without what people copy along with it */
function trimBaseUrl(baseUrl: string): string {
  if (!URL.canParse(baseUrl)) return baseUrl
  const url = new URL(baseUrl)
  url.pathname = trimBasePath(url.pathname)
  return url.href.replace(/\/(?=$|[?#])/, '')
}

function showAddress(baseUrl: string): Pick<FailedRequest, 'address'> {
  if (!URL.canParse(baseUrl)) return {}
  const { origin, pathname } = new URL(baseUrl)
  return { address: `${origin}${pathname === '/' ? '' : pathname}/chat/completions` }
}

const timedOut: FailedRequest = { code: 'timeout', message: 'no whole reply within the time-out', headers: {} }

/** The package's own time-out does not cover the body of an error. The most that `setTimeout` takes switches it off. */
const longestTimerMs = 2 ** 31 - 1

/** The package reads the environment for what it is not given, and would send OpenAI's organization to every provider. */
const isolatedFromEnvironment = {
  adminAPIKey: null,
  organization: null,
  project: null,
  webhookSecret: null,
  logLevel: 'off',
} as const

function readKey(variable: string | undefined, apiKey: ModelClientOptions['apiKey']): string | undefined {
  if (variable === undefined) return undefined
  const key = apiKey(variable)?.trim()
  const variableWords = `the environment variable ${variable}, which holds the key of this model,`
  if (!key) {
    throw new ModelRequestFailed({
      code: 'missing_api_key',
      message: `${variableWords} is not set`,
      headers: {},
      neverSent: true,
    })
  }
  const flaw = findKeyFlaw(key)
  if (flaw === undefined) return key
  throw new ModelRequestFailed({
    code: 'unusable_api_key',
    message: `${variableWords} cannot be sent: ${flaw}`,
    headers: {},
    neverSent: true,
  })
}
