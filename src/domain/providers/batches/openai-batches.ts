import { asNumber, asRecord, asText } from '../json.ts'
import type { BatchCounts, Batching, BatchProgress, BatchRefusal, BatchResult, RequestResult } from './batching.ts'
import { frameLines } from './frame-lines.ts'
import { clockMarginMs, listPages } from './list-pages.ts'
import { needId } from './need-id.ts'

/**
 * OpenAI's batches (platform.openai.com/docs/guides/batch), which other servers offer in the same form: a file of lines is
 * uploaded, and a batch is made of it. Results come in two files: one of the answers, one of the errors.
 *
 * Our own label is in the batch's metadata, so a batch whose id was lost can be found again.
 */
export const openaiBatches: Batching = {
  limits: { maxRequests: 50_000, maxBytes: 200_000_000 },
  build: ({ customId, path, body }) => JSON.stringify({ custom_id: customId, method: 'POST', url: `/v1${path}`, body }),

  async prepare({ postText }, batch) {
    const boundary = `arcloom-${batch.label}-7d0e1c6a`
    const part = (disposition: string) => `--${boundary}\r\nContent-Disposition: form-data; ${disposition}\r\n`
    const file = part(`name="file"; filename="${batch.label}.jsonl"`)
    const text = frameLines(batch, {
      contentType: `multipart/form-data; boundary=${boundary}`,
      before: `${part('name="purpose"')}\r\nbatch\r\n${file}Content-Type: application/jsonl\r\n\r\n`,
      between: '\n',
      after: `\n\r\n--${boundary}--\r\n`,
    })
    return needId(await postText('/files', text))
  },

  submit: async ({ post }, { label, path }, fileId) =>
    readProgress(
      await post('/batches', {
        input_file_id: fileId,
        endpoint: `/v1${path}`,
        completion_window: '24h',
        metadata: { [labelName]: label },
      }),
    ),

  find: async ({ get }, id) => readProgress(await get(`/batches/${encodeURIComponent(id)}`)),

  async look(calls, { label, sentMs }) {
    const render = (after?: string) => `/batches?limit=100${after ? `&after=${encodeURIComponent(after)}` : ''}`
    for await (const batch of listPages(calls, render)) {
      const id = asText(batch['id'])
      const isLabelled = asRecord(batch['metadata'])[labelName] === label
      // One that was refused was sent again.
      if (id !== undefined && isLabelled && batch['status'] !== 'failed') return { id }
      const createdAt = asNumber(batch['created_at'])
      if (createdAt !== undefined && createdAt * 1000 < sentMs - clockMarginMs) break
    }
    return 'absent'
  },

  async *collect(calls, id) {
    const { output_file_id, error_file_id } = asRecord(await calls.get(`/batches/${encodeURIComponent(id)}`))
    for (const file of [output_file_id, error_file_id].map(asText)) {
      if (!file) continue
      for await (const line of calls.readLines(`/files/${encodeURIComponent(file)}/content`)) yield* readResult(line)
    }
  },

  async cancel({ post }, id) {
    await post(`/batches/${encodeURIComponent(id)}/cancel`, {})
  },
}

const labelName = 'arcloom_batch'

/** `validating`, `in_progress`, `finalizing` and `cancelling` are under way. */
const ended = new Set(['completed', 'expired', 'cancelled'])

export function readProgress(body: unknown): BatchProgress {
  const { status, errors, error } = asRecord(body)
  const progress = { id: needId(body), counts: readCounts(asRecord(body)['request_counts']) }
  if (status === 'failed') return { ...progress, state: 'refused', refusal: readRefusal(errors ?? error) }
  return { ...progress, state: ended.has(asText(status) ?? '') ? 'ended' : 'working' }
}

function readCounts(counts: unknown): BatchCounts {
  const { completed, failed } = asRecord(counts)
  return { done: asNumber(completed) ?? 0, failed: asNumber(failed) ?? 0 }
}

/** `{ data: [{ code, message, line, param }] }` at OpenAI; others send one error, or words alone. */
function readRefusal(errors: unknown): BatchRefusal {
  const { data } = asRecord(errors)
  const first = asRecord(Array.isArray(data) ? (data as readonly unknown[])[0] : errors)
  const reason = asText(first['message']) ?? asText(errors) ?? 'the provider does not say why'
  const place = asNumber(first['line'])
  return {
    reason: place === undefined ? reason : `${reason} (line ${place})`,
    ...(first['code'] === 'token_limit_exceeded' && { tooMuch: true }),
  }
}

export function* readResult(line: unknown): Generator<BatchResult, void> {
  const { custom_id, response, error } = asRecord(line)
  const customId = asText(custom_id)
  if (customId !== undefined) yield { customId, result: readRequestResult(response, error) }
}

function readRequestResult(response: unknown, error: unknown): RequestResult {
  const { status_code, request_id, body } = asRecord(response)
  const status = asNumber(status_code)
  const requestId = asText(request_id)
  const named = requestId ? { requestId } : {}
  if (status !== undefined && status >= 200 && status < 300) return { kind: 'answered', body, ...named }
  if (status !== undefined && status >= 400) return { kind: 'failed', status, body, ...named }
  const { code, message } = asRecord(error)
  const words = asText(message) ?? asText(code) ?? 'the provider sent no answer and no error'
  // `batch_expired` and `batch_cancelled`: it was never worked on.
  if (asText(code)?.startsWith('batch_') || response !== null || code === undefined) {
    return { kind: 'unprocessed', reason: words }
  }
  return { kind: 'failed', status: 500, body: { error } }
}
