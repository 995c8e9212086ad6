import type { RateLimit } from '../../models/rate-limit.ts'
import { asRecord, asText } from '../json.ts'
import { readRateLimit, type ReadHeader } from './read-rate-limit.ts'

/**
 * OpenRouter's `X-RateLimit-Limit`, `-Remaining` and `-Reset` (openrouter.ai/docs/api-reference/limits), which its refusals repeat in
 * `error.metadata.headers`. They count the requests of a window, which ends at the reset: milliseconds since 1970.
 */
export function readOpenrouterLimits(header: ReadHeader, body?: unknown): RateLimit[] {
  const repeated = asRecord(asRecord(asRecord(asRecord(body)['error'])['metadata'])['headers'])
  const read = (field: string) => header(`x-ratelimit-${field}`) ?? asText(repeated[`X-RateLimit-${field}`])
  const reset = read('Reset')?.trim() ?? ''
  return readRateLimit(
    { limit: read('Limit'), remaining: read('Remaining') },
    /^\d{13}$/.test(reset) ? Number(reset) : undefined,
    { counts: 'requests', refills: 'at-once' },
  )
}
