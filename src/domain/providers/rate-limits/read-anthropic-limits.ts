import type { CountedKind, RateLimit } from '../../models/rate-limit.ts'
import { readRateLimit, type ReadHeader } from './read-rate-limit.ts'

const kinds: readonly CountedKind[] = ['requests', 'input-tokens', 'output-tokens']

/**
 * Anthropic's `anthropic-ratelimit-…` (platform.claude.com/docs/en/api/rate-limits). It fills its limits evenly, and their reset, a
 * time of RFC 3339 in whole seconds, is when they are full. `…-tokens-…` only repeats the tighter one of input and output.
 */
export function readAnthropicLimits(header: ReadHeader): RateLimit[] {
  return kinds.flatMap((counts) => {
    const read = (field: string) => header(`anthropic-ratelimit-${counts}-${field}`)
    const at = Date.parse(read('reset') ?? '')
    return readRateLimit({ limit: read('limit'), remaining: read('remaining') }, Number.isNaN(at) ? undefined : at, {
      counts,
      refills: 'gradually',
    })
  })
}
