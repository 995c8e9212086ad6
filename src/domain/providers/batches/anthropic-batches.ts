import { asNumber, asRecord, asText } from '../json.ts'
import type { Batching, BatchProgress, BatchResult, RequestResult } from './batching.ts'
import { frameLines } from './frame-lines.ts'
import { clockMarginMs, listPages } from './list-pages.ts'
import { needId } from './need-id.ts'

/**
 * Anthropic's message batches (platform.claude.com/docs/en/build-with-claude/batch-processing): the requests are in the body of
 * the call, and the results are JSON lines.
 *
 * A batch carries no label of ours, and shows its custom ids only when it has ended. So one whose id was lost is looked for
 * among those made since then with as many requests; its first result tells whether it is ours.
 */
export const anthropicBatches: Batching = {
  limits: { maxRequests: 100_000, maxBytes: 256_000_000 },
  priceFactor: 0.5,
  build: ({ customId, body }) => JSON.stringify({ custom_id: customId, params: body }),

  submit: async ({ postText }, batch) =>
    readProgress(
      await postText(
        '/messages/batches',
        frameLines(batch, { contentType: 'application/json', before: '{"requests":[', between: ',', after: ']}' }),
      ),
    ),

  find: async ({ get }, id) => readProgress(await get(locate(id))),

  async look(calls, { label, count, sentMs, knownIds }) {
    let sighting: 'absent' | 'wait' = 'absent'
    const render = (after?: string) =>
      `/messages/batches?limit=100${after ? `&after_id=${encodeURIComponent(after)}` : ''}`
    for await (const batch of listPages(calls, render)) {
      if (Date.parse(asText(batch['created_at']) ?? '') < sentMs - clockMarginMs) break
      const id = asText(batch['id'])
      if (id === undefined || knownIds.includes(id) || countRequests(batch) !== count) continue
      if (readProgress(batch).state === 'working') sighting = 'wait'
      else if (await isLabelled(calls.readLines(`${locate(id)}/results`), label)) return { id }
    }
    return sighting
  },

  async *collect({ readLines }, id) {
    for await (const line of readLines(`${locate(id)}/results`)) yield* readResult(line)
  },

  async cancel({ post }, id) {
    await post(`${locate(id)}/cancel`, {})
  },
}

function locate(id: string): string {
  return `/messages/batches/${encodeURIComponent(id)}`
}

const countNames = ['processing', 'succeeded', 'errored', 'canceled', 'expired'] as const

function countRequests(batch: Record<string, unknown>): number {
  const counts = asRecord(batch['request_counts'])
  return countNames.reduce((sum, name) => sum + (asNumber(counts[name]) ?? 0), 0)
}

async function isLabelled(lines: AsyncIterable<unknown>, label: string): Promise<boolean> {
  for await (const line of lines) return asText(asRecord(line)['custom_id'])?.startsWith(`${label}-`) ?? false
  return false
}

/** While it is processed, all requests count as `processing`. */
function readProgress(body: unknown): BatchProgress {
  const { processing_status, request_counts } = asRecord(body)
  const { succeeded, errored, canceled, expired } = asRecord(request_counts)
  return {
    id: needId(body),
    state: processing_status === 'ended' ? 'ended' : 'working',
    counts: {
      done: asNumber(succeeded) ?? 0,
      failed: [errored, canceled, expired].reduce<number>((sum, count) => sum + (asNumber(count) ?? 0), 0),
    },
  }
}

function* readResult(line: unknown): Generator<BatchResult, void> {
  const { custom_id, result } = asRecord(line)
  const customId = asText(custom_id)
  if (customId !== undefined) yield { customId, result: readRequestResult(asRecord(result)) }
}

function readRequestResult({ type, message, error }: Record<string, unknown>): RequestResult {
  if (type === 'succeeded') return { kind: 'answered', body: message }
  if (type === 'expired') return { kind: 'unprocessed', reason: 'the batch expired before this request was processed' }
  if (type === 'canceled')
    return { kind: 'unprocessed', reason: 'the batch was cancelled before this request was processed' }
  // The error stands in an envelope of its own: `{ type: 'error', error: { type, message } }`.
  const body = asRecord(error)['error'] === undefined ? { error } : error
  const name = asText(asRecord(asRecord(body)['error'])['type']) ?? ''
  return { kind: 'failed', status: statuses[name] ?? 500, body }
}

/** The status that a single request would have got (platform.claude.com/docs/en/api/errors). */
const statuses: Readonly<Record<string, number>> = {
  invalid_request_error: 400,
  invalid_request: 400,
  authentication_error: 401,
  billing_error: 402,
  permission_error: 403,
  not_found_error: 404,
  request_too_large: 413,
  rate_limit_error: 429,
  timeout_error: 504,
  overloaded_error: 529,
}
