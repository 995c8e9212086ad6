import { APIError } from 'openai'
import type { FailedRequest } from '../../domain/models/model-failure.ts'
import { asRecord, asText, isTooDeep } from './json.ts'
import { keepHeaders } from './keep-headers.ts'
import { looksLikeHtml, stripTags } from './strip-tags.ts'

/** Long enough for any provider's sentence, short enough for a log line, a ledger and a workflow's history. */
const longestMessage = 600

/**
 * What the client's error says, as plain facts.
 *
 * @param body text of the reply, when one came with an error status.
 */
export function describeFailedRequest(error: unknown, body: string): FailedRequest {
  if (error instanceof APIError && error.status !== undefined) {
    const status = Number(error.status)
    return { status, ...describeErrorBody(parseBody(body), status), headers: keepHeaders(error.headers) }
  }
  const { code, message, syscall } = findCause(error)
  return {
    ...(code !== undefined && { code }),
    message: `no reply: ${message}`,
    headers: {},
    // No connection was made, or none that could be trusted with the request.
    ...((syscall === 'connect' || syscall === 'getaddrinfo' || (code && neverSentCodes.test(code))) && {
      neverSent: true,
    }),
  }
}

const neverSentCodes = /^(?:ERR_INVALID_|ERR_TLS_|ERR_SSL_|EPROTO$|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_)/

/** What went wrong while a reply came in. */
export function describeCutReply(error: unknown, encoding: string | null): FailedRequest {
  const { code = '', message } = findCause(error)
  // The end of the connection shows as the end of what was compressed.
  const undecodable =
    /^(?:Z_|ZSTD_|ERR_+(?:BROTLI|ERROR|ZSTD)?)/.test(code) && encoding !== null && code !== 'Z_BUF_ERROR'
  return undecodable
    ? {
        status: 200,
        code,
        message: `the reply says that it is ${encoding} and is not (${message})`,
        headers: {},
        reply: 'undecodable',
      }
    : { code, message: `the reply broke off: ${message}`, headers: {}, reply: 'cut' }
}

/** What is read of a body's machine part. A provider behind the provider repeats its whole error there. */
const longestDetails = 8_000

type Described = Pick<FailedRequest, 'status' | 'code' | 'message' | 'details'>

/**
 * Reads an error body. Seen in the wild: OpenAI's `{error: {message, type, code}}`; OpenRouter's `{error: {message, code:
 * <status>, metadata: {raw, provider_name, limit_source}}}`, where `raw` is the body of the provider behind it and says
 * what happened; Gemini's `[{error: {message, status, details}}]`; vLLM's older `{object: 'error', message, type, code:
 * <status>}`; Ollama's and others' `{error: '…'}`; FastAPI's `{detail}`; and the HTML of whatever stands before the server.
 *
 * @returns `status` only where the body names another one than the reply had.
 */
export function describeErrorBody(body: unknown, status: number): Described {
  const outer = asRecord(Array.isArray(body) ? (body as readonly unknown[])[0] : body)
  const error = typeof outer['error'] === 'object' ? asRecord(outer['error']) : outer
  const metadata = asRecord(error['metadata'])
  const text =
    asText(error['message']) ?? asText(outer['error']) ?? renderWords(outer['detail']) ?? readPage(asText(body) ?? '')
  const raw = renderWords(metadata['raw'])
  const message =
    raw === undefined ? text || 'no body' : `${text} (${asText(metadata['provider_name']) ?? 'provider'}: ${raw})`
  const details = raw ?? renderWords(error['details'])
  const named = Number(error['code'] ?? NaN)
  const code = [error['code'], metadata['limit_source'], error['type']].find(isCode)
  return {
    ...(named !== status && named >= 400 && named < 600 && { status: named }),
    ...(code !== undefined && { code }),
    message: message.replace(/\s+/g, ' ').trim().slice(0, longestMessage),
    ...(details !== undefined && { details: details.slice(0, longestDetails) }),
  }
}

/** Many write the status once more where a code could be, as a number or as text. */
function isCode(value: unknown): value is string {
  return typeof value === 'string' && /\D/.test(value)
}

function renderWords(value: unknown): string | undefined {
  if (value === undefined || value === null || isTooDeep(value)) return undefined
  return asText(value) ?? JSON.stringify(value)
}

function readPage(text: string): string {
  return looksLikeHtml(text) ? stripTags(text) : text
}

function parseBody(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return body
  }
}

/** The innermost error says what happened (`connect ECONNREFUSED 127.0.0.1:8000`); those around it say that something did. */
function findCause(error: unknown): {
  readonly code: string | undefined
  readonly message: string
  readonly syscall: string | undefined
} {
  const { cause, code, message, syscall } = asRecord(error)
  if (typeof cause === 'object' && cause !== null) return findCause(cause)
  return {
    code: asText(code),
    message: asText(message) || asText(code) || String(error),
    syscall: asText(syscall),
  }
}
