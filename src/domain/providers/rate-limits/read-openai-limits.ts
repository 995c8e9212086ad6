import type { RateLimit } from '../../models/rate-limit.ts'
import { parseDurationMs } from './parse-duration.ts'
import { readRateLimit, type ReadHeader } from './read-rate-limit.ts'

/**
 * OpenAI's `x-ratelimit-…-requests` and `…-tokens` (platform.openai.com/docs/guides/rate-limits), which many others send as well.
 *
 * Their reset is how long it takes until the whole limit is available again: with one of 5000 requests a minute used, 12 ms. So
 * it comes back little by little. Some send a point in time instead, which is read as the end of a window.
 */
export function readOpenaiLimits(header: ReadHeader, nowMs: number): RateLimit[] {
  return (['requests', 'tokens'] as const).flatMap((counts) => {
    const reset = header(`x-ratelimit-reset-${counts}`)?.trim()
    if (!reset) return []
    const texts = {
      limit: header(`x-ratelimit-limit-${counts}`),
      remaining: header(`x-ratelimit-remaining-${counts}`),
    }
    const durationMs = parseDurationMs(reset)
    if (durationMs !== undefined) {
      return readRateLimit(texts, nowMs + durationMs, { counts, refills: 'gradually' })
    }
    const at = Date.parse(reset)
    return readRateLimit(texts, Number.isNaN(at) ? undefined : at, { counts, refills: 'at-once' })
  })
}
