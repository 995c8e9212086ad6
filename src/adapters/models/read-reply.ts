import { findEnding } from '../../domain/find-ending.ts'
import { ModelRequestFailed, type FailedRequest, type PaidInVain } from '../../domain/model-failure.ts'
import type { TokenUsage } from '../../domain/model-spec.ts'
import { describeErrorBody } from './describe-failed-request.ts'
import { asNumber, asRecord, asText } from './json.ts'
import { keepHeaders } from './keep-headers.ts'
import type { ModelReply } from './model-client.ts'
import { readMessage } from './read-message.ts'

/**
 * Reads the body of a chat completion that came with HTTP 200. Nothing is required of it but a choice with a message.
 *
 * A text that is empty because the model spent its tokens elsewhere, or was cut, is an answer. One for which no token was
 * written is a failure.
 *
 * @throws {ModelRequestFailed} with `reply` set: an error in place of an answer, no JSON, no message, nothing written.
 */
export function readReply(data: unknown, headers: Headers): ModelReply {
  const body = asRecord(parseText(data))
  const choice = asRecord(asRecord(body['choices'])[0])
  const requestId = headers.get('x-request-id') ?? asText(body['id'])
  const usage = readUsage(asRecord(body['usage']))
  const costUsd = readCost(asRecord(body['usage']))
  const paid = { usage, ...(costUsd !== undefined && { costUsd }), ...(requestId !== undefined && { requestId }) }

  const error = body['error'] ?? choice['error']
  if (error) fail('error-body', describeErrorBody({ error }, 200), headers, paid)
  if (typeof choice['message'] !== 'object') fail('broken', { message: describeBroken(data) }, headers, paid)

  const message = readMessage(body)
  const { text, reasoning, refusal, finishReason } = message
  if (finishReason === 'error') fail('error-body', { message: 'the model broke off with an error' }, headers, paid)
  const wrote = text.trim() !== '' || refusal || reasoning || usage.completionTokens > 0
  if (!wrote && findEnding(message) === undefined) {
    fail('empty', { message: `empty message (finish reason ${finishReason}, no token written)` }, headers, paid)
  }
  return { response: body, ...message, ...paid }
}

function fail(
  reply: 'error-body' | 'broken' | 'empty',
  found: Omit<FailedRequest, 'headers' | 'reply'>,
  headers: Headers,
  paid: PaidInVain,
): never {
  throw new ModelRequestFailed({ status: 200, ...found, headers: keepHeaders(headers), reply }, paid)
}

/** A body whose content type is not JSON arrives as text. Some proxies drop the type of what is JSON all the same. */
function parseText(data: unknown): unknown {
  if (typeof data !== 'string') return data
  try {
    return JSON.parse(data)
  } catch {
    return undefined
  }
}

function describeBroken(data: unknown): string {
  const start = typeof data === 'string' ? data : (JSON.stringify(data) ?? '')
  return start.trim() === '' ? 'empty body' : `no message in the body: ${start.trim().slice(0, 200)}`
}

function readUsage(usage: Record<string, unknown>): TokenUsage {
  const reasoningTokens = asNumber(asRecord(usage['completion_tokens_details'])['reasoning_tokens'])
  return {
    promptTokens: asNumber(usage['prompt_tokens']) ?? 0,
    completionTokens: asNumber(usage['completion_tokens']) ?? 0,
    ...(reasoningTokens !== undefined && { reasoningTokens }),
  }
}

/** With a key of one's own at the provider behind it, OpenRouter's `cost` is its fee alone; what that provider charges stands beside it. */
function readCost(usage: Record<string, unknown>): number | undefined {
  const cost = asNumber(usage['cost'])
  if (cost === undefined || usage['is_byok'] !== true) return cost
  return cost + (asNumber(asRecord(usage['cost_details'])['upstream_inference_cost']) ?? 0)
}
