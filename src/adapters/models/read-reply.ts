import { findEnding } from '../../domain/answers/find-ending.ts'
import { ModelRequestFailed, type FailedRequest, type PaidInVain } from '../../domain/models/model-failure.ts'
import { describeErrorBody } from './describe-failed-request.ts'
import { asRecord, asText, isTooDeep } from './json.ts'
import { keepHeaders } from './keep-headers.ts'
import type { ModelReply } from './model-client.ts'
import { readMessage } from './read-message.ts'
import { doubtZeros, readClaimedCost, readUsage } from './read-usage.ts'
import { looksLikeHtml } from './strip-tags.ts'

/**
 * Reads the body of a chat completion that came with HTTP 200. Nothing is required of it but a choice with a message.
 *
 * A text that is empty because the model spent its tokens elsewhere, or was cut, is an answer. One for which no token was
 * written is a failure.
 *
 * @throws {ModelRequestFailed} with `reply` set: an error in place of an answer, no JSON, no message, nothing written.
 */
export function readReply(text: string, headers: Headers): ModelReply {
  const body = asRecord(parseBody(text))
  const choice = asRecord(asRecord(body['choices'])[0])
  const requestId = headers.get('x-request-id') ?? asText(body['id'])
  const usage = readUsage(body['usage'])
  const claimedCost = readClaimedCost(body['usage'])
  const paid = {
    usage,
    ...(claimedCost !== undefined && { claimedCost }),
    ...(requestId !== undefined && { requestId }),
  }

  const error = body['error'] ?? choice['error']
  if (error) fail('error-body', describeErrorBody({ error }, 200), headers, paid)
  if (looksLikeHtml(text))
    fail('page', { message: `a web page came instead of an answer: ${showPage(text)}` }, headers, paid)
  if (isTooDeep(body)) fail('broken', { message: 'the body is nested too deeply to be kept' }, headers, paid)
  if (typeof choice['message'] !== 'object' || choice['message'] === null) {
    fail('broken', { message: describeBroken(text, body) }, headers, paid)
  }

  const message = readMessage(body)
  const { reasoning, refusal, finishReason } = message
  if (finishReason === 'error') fail('error-body', { message: 'the model broke off with an error' }, headers, paid)
  const wrote = message.text.trim() !== '' || refusal || reasoning || (usage.completionTokens ?? 0) > 0
  if (!wrote && findEnding(message) === undefined) {
    const ended = finishReason.slice(0, shownCharacters)
    fail('empty', { message: `empty message (finish reason ${ended}, no token written)` }, headers, paid)
  }
  const written = message.text.trim() !== '' || reasoning !== undefined || refusal !== undefined
  return { response: body, ...message, ...paid, usage: doubtZeros(usage, written) }
}

function fail(
  reply: 'error-body' | 'broken' | 'empty' | 'page',
  found: Omit<FailedRequest, 'headers' | 'reply'>,
  headers: Headers,
  paid: PaidInVain,
): never {
  throw new ModelRequestFailed({ status: 200, ...found, headers: keepHeaders(headers), reply }, paid)
}

/**
 * Some send lines ahead of the JSON to keep the connection open: blank ones, or comments as in event streams
 * (`: OPENROUTER PROCESSING`). Whether the content type says JSON is not asked: some proxies drop it.
 *
 * @returns undefined for what is no JSON
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

/** Enough to recognise what came. */
const shownCharacters = 200

function describeBroken(text: string, body: Record<string, unknown>): string {
  const start = text.slice(findStart(text), findStart(text) + shownCharacters).trim()
  if (start === '') return 'empty body'
  if (/^(?:data|event|id|retry):/.test(start)) return `a stream of events came, which was not asked for: ${start}`
  if (Object.keys(body).length === 0) return `the body is not JSON: ${start}`
  return `no message in the body: ${start}`
}

function showPage(text: string): string {
  return describeErrorBody(text.slice(0, 10_000), 200).message.slice(0, shownCharacters)
}
