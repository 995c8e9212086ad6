import OpenAI from 'openai'
import type { Model, Sampling, TokenUsage } from '../../domain/model-spec.ts'
import { ModelRequestFailed } from '../../domain/model-failure.ts'
import type { Message } from '../../domain/recipes/recipe.ts'
import { renderParameters } from '../../domain/render-parameters.ts'
import { describeFailedRequest } from './describe-failed-request.ts'
import { hideKey } from './hide-key.ts'
import { patientFetch, type Fetch } from './patient-fetch.ts'
import { readReply } from './read-reply.ts'

interface ModelRequest {
  readonly model: Pick<Model, 'provider' | 'id' | 'baseUrl' | 'apiKeyVariable'>
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
  readonly costUsd?: number
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
      const deadline = AbortSignal.timeout(timeoutMs)
      let refusal = ''
      const openai = new OpenAI({
        ...isolatedFromEnvironment,
        apiKey: key ?? 'none',
        baseURL: model.baseUrl,
        maxRetries: 0,
        timeout: longestTimerMs,
        defaultHeaders: {
          ...(model.provider === 'openrouter' && appHeaders),
          ...(key === undefined && { Authorization: null }),
        },
        // Whole and without the key before anybody reads it, cuts it short or keeps it. And the package itself keeps of an
        // error's body only what OpenAI's own have.
        fetch: async (url, init) => {
          const response = await fetch(url, init)
          const text = hideKey(await response.text(), key)
          if (!response.ok) refusal = text
          const headers = [...response.headers].map(([name, value]): [string, string] => [name, hideKey(value, key)])
          return new Response(bodiless.has(response.status) ? null : text, { status: response.status, headers })
        },
      })
      try {
        const body = { ...renderParameters(model, sampling), messages } as OpenAI.ChatCompletionCreateParamsNonStreaming // extensions of single providers are not in its types
        const ended = AbortSignal.any([signal, deadline])
        const { data, response } = await openai.chat.completions.create(body, { signal: ended }).withResponse()
        return readReply(data, response.headers)
      } catch (error) {
        if (signal.aborted) throw signal.reason
        if (error instanceof ModelRequestFailed) throw error
        if (deadline.aborted) throw new ModelRequestFailed(timedOut)
        const failed = describeFailedRequest(error, refusal)
        // Not as its cause: the error holds what was sent, and it may be logged.
        throw new ModelRequestFailed({ ...failed, message: hideKey(failed.message, key) })
      }
    },
  }
}

const timedOut = { code: 'timeout', message: 'no whole reply within the time-out', headers: {} }

/** The package's own time-out does not cover the body of an error. The most that `setTimeout` takes switches it off. */
const longestTimerMs = 2 ** 31 - 1

/** Statuses with which a `Response` may have no body. */
const bodiless = new Set([204, 205, 304])

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
  if (key) return key
  throw new ModelRequestFailed({
    code: 'missing_api_key',
    message: `the environment variable ${variable}, which holds the key of this model, is not set`,
    headers: {},
  })
}
