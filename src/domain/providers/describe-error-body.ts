import { asRecord, asText, isTooDeep } from './json.ts'
import type { DescribedFailure } from './provider.ts'
import { looksLikeHtml, stripTags } from './strip-tags.ts'

/** Long enough for any provider's sentence, short enough for a log line, a ledger and a workflow's history. */
const maxMessageLength = 600

/** How much of a body's machine-readable part is read. A provider behind the provider repeats its whole error there. */
const maxDetailsLength = 8_000

/**
 * Reads an error body. Seen in the wild: OpenAI's `{error: {message, type, code}}`; OpenRouter's `{error: {message, code:
 * <status>, metadata: {raw, provider_name, limit_source}}}`, where `raw` is the body of the provider behind it and says
 * what happened; Gemini's `[{error: {message, status, details}}]`; vLLM's older `{object: 'error', message, type, code:
 * <status>}`; Ollama's and others' `{error: '…'}`; FastAPI's `{detail}`; and the HTML of whatever stands before the server.
 *
 * @returns `status` only if the body names another one than the reply had
 */
export function describeErrorBody(body: unknown, status: number): DescribedFailure {
  const outer = asRecord(Array.isArray(body) ? (body as readonly unknown[])[0] : body)
  const error = typeof outer['error'] === 'object' ? asRecord(outer['error']) : outer
  const metadata = asRecord(error['metadata'])
  const text =
    asText(error['message']) ?? asText(outer['error']) ?? renderWords(outer['detail']) ?? readPage(asText(body) ?? '')
  const upstreamError = renderWords(metadata['raw'])
  const message =
    upstreamError === undefined
      ? text || 'no body'
      : `${text} (${asText(metadata['provider_name']) ?? 'provider'}: ${upstreamError})`
  const details = upstreamError ?? renderWords(error['details'])
  const bodyStatus = Number(error['code'] ?? NaN)
  const code = [error['code'], metadata['limit_source'], error['type']].find(isCode)
  return {
    ...(bodyStatus !== status && bodyStatus >= 400 && bodyStatus < 600 && { status: bodyStatus }),
    ...(code !== undefined && { code }),
    message: message.replace(/\s+/g, ' ').trim().slice(0, maxMessageLength),
    ...(details !== undefined && { details: details.slice(0, maxDetailsLength) }),
  }
}

/** Many repeat the status where a code could be, as a number or as text. */
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
