import { findEnding } from '../../domain/answers/find-ending.ts'
import { ModelRequestFailed, type FailedRequest, type PaidInVain } from '../../domain/models/model-failure.ts'
import { describeErrorBody } from '../../domain/providers/describe-error-body.ts'
import { asRecord, asText, isTooDeep } from '../../domain/providers/json.ts'
import type { Provider } from '../../domain/providers/provider.ts'
import { doubtZeros } from '../../domain/providers/read-usage.ts'
import { looksLikeHtml } from '../../domain/providers/strip-tags.ts'
import { keepHeaders } from './http/keep-headers.ts'
import { readRateLimits } from './http/read-rate-limits.ts'
import type { ModelReply } from './model-client.ts'

/**
 * Reads the body of an HTTP 200. It must hold a message; everything else is optional.
 *
 * An empty text is an answer if the model spent its tokens elsewhere or was cut off. If it wrote no token, that is a failure.
 *
 * @throws {ModelRequestFailed} with `reply` set: an error in place of an answer, no JSON, no message, nothing written.
 */
export function readReply(provider: Provider, text: string, headers: Headers): ModelReply {
  const body = asRecord(parseBody(text))
  const requestId = headers.get('x-request-id') ?? headers.get('request-id') ?? asText(body['id'])
  const payment = { ...provider.readPayment(body), ...(requestId !== undefined && { requestId }) }

  const error = provider.findError(body)
  if (error !== undefined) fail('error-body', provider.describeFailure({ error }, 200), headers, payment)
  if (looksLikeHtml(text))
    fail('page', { message: `received a web page instead of an answer: ${showPage(text)}` }, headers, payment)
  if (isTooDeep(body)) fail('broken', { message: 'the body is nested too deeply to be stored' }, headers, payment)
  if (!provider.holdsMessage(body)) fail('broken', { message: describeBroken(text, body) }, headers, payment)

  const message = provider.readReply(body)
  const { reasoning, refusal, finishReason } = message
  if (finishReason === 'error') fail('error-body', { message: 'the model stopped with an error' }, headers, payment)
  const wrote = message.text.trim() !== '' || refusal || reasoning || (payment.usage.completionTokens ?? 0) > 0
  if (!wrote && findEnding(message) === undefined) {
    const reason = finishReason.slice(0, shownCharacters)
    fail('empty', { message: `empty message (finish reason ${reason}, no token written)` }, headers, payment)
  }
  const rateLimits = readRateLimits(provider, headers)
  const hasText = message.text.trim() !== '' || reasoning !== undefined || refusal !== undefined
  return {
    response: body,
    ...message,
    ...payment,
    usage: doubtZeros(payment.usage, hasText),
    servedBy: provider.readServed(body),
    ...(rateLimits && { rateLimits }),
  }
}

function fail(
  reply: 'error-body' | 'broken' | 'empty' | 'page',
  failure: Omit<FailedRequest, 'headers' | 'reply'>,
  headers: Headers,
  payment: PaidInVain,
): never {
  throw new ModelRequestFailed({ status: 200, ...failure, headers: keepHeaders(headers), reply }, payment)
}

/**
 * Some providers send lines before the JSON to keep the connection open: blank ones, or comments as in event streams (`:
 * OPENROUTER PROCESSING`). The content type is not checked, since some proxies drop it.
 *
 * @returns undefined if it is not JSON
 */
function parseBody(text: string): unknown {
  try {
    return JSON.parse(text.slice(findStart(text)))
  } catch {
    return undefined
  }
}

/** Where the first line begins that is neither blank nor a comment. */
function findStart(text: string): number {
  let at = text.startsWith('\uFEFF') ? 1 : 0
  for (;;) {
    while (at < text.length && ' \t\r\n'.includes(text.charAt(at))) at += 1
    if (text.charAt(at) !== ':') return at
    const end = text.indexOf('\n', at)
    if (end < 0) return text.length
    at = end
  }
}

/** Enough to recognise the reply. */
const shownCharacters = 200

function describeBroken(text: string, body: Record<string, unknown>): string {
  const start = text.slice(findStart(text), findStart(text) + shownCharacters).trim()
  if (start === '') return 'empty body'
  if (/^(?:data|event|id|retry):/.test(start)) return `received an event stream that was not requested: ${start}`
  if (Object.keys(body).length === 0) return `the body is not JSON: ${start}`
  return `no message in the body: ${start}`
}

function showPage(text: string): string {
  return describeErrorBody(text.slice(0, 10_000), 200).message.slice(0, shownCharacters)
}
