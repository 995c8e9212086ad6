import { asNumber, asRecord, asText } from '../json.ts'
import type { Batching, BatchResult } from './batching.ts'
import { frameLines } from './frame-lines.ts'
import { clockMarginMs, listPages } from './list-pages.ts'
import { readProgress, readResult } from './openai-batches.ts'

/**
 * OpenRouter's batches (openrouter.ai/docs/batch-quickstart): OpenAI's, but the requests are in the body of the call, and the
 * results in the batch itself. They carry no label, cannot be cancelled, and cost what `usage.cost` of each answer says.
 */
export const openrouterBatches: Batching = {
  limits: { maxRequests: 5_000, maxBytes: 200_000_000 },
  build: ({ customId, body }) => JSON.stringify({ custom_id: customId, body }),

  // `endpoint` and `model` must come before `requests`: the body is read as it arrives.
  submit: async ({ postText }, batch) =>
    readProgress(
      await postText(
        '/batches',
        frameLines(batch, {
          contentType: 'application/json',
          before: `{"endpoint":${JSON.stringify(`/v1${batch.path}`)},"model":${JSON.stringify(batch.modelId)},"requests":[`,
          between: ',',
          after: ']}',
        }),
      ),
    ),

  find: async ({ get }, id) => readProgress(await get(locate(id))),

  /** A list shows no custom ids; the results of a batch do. */
  async look(calls, { label, count, sentMs, knownIds }) {
    let sighting: 'absent' | 'wait' = 'absent'
    const render = (after?: string) => `/batches?limit=100${after ? `&after=${encodeURIComponent(after)}` : ''}`
    for await (const batch of listPages(calls, render)) {
      const createdAt = asNumber(batch['created_at'])
      if (createdAt !== undefined && createdAt * 1000 < sentMs - clockMarginMs) break
      const id = asText(batch['id'])
      if (id === undefined || knownIds.includes(id)) continue
      // Until it is validated, the requests may not have been counted.
      const total = asNumber(asRecord(batch['request_counts'])['total']) ?? 0
      if (total !== 0 && total !== count) continue
      if (readProgress(batch).state === 'working') sighting = 'wait'
      else if (readResults(await calls.get(locate(id)))[0]?.customId.startsWith(`${label}-`)) return { id }
    }
    return sighting
  },

  async *collect({ get }, id) {
    yield* readResults(await get(locate(id)))
  },
}

function locate(id: string): string {
  return `/batches/${encodeURIComponent(id)}`
}

function readResults(body: unknown): BatchResult[] {
  const { results } = asRecord(body)
  return Array.isArray(results) ? (results as readonly unknown[]).flatMap((line) => [...readResult(line)]) : []
}
