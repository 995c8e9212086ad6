import type { Reply } from './fake-provider.ts'

/** `bucket`: fills evenly and holds a second's worth; `window`: begins anew with every second. */
export type LimiterShape = 'bucket' | 'window'

/** What it says of its limit: nothing, how long to wait after a refusal, or with every reply what is left. */
export type Announcing = 'nothing' | 'retry-after' | 'headers'

export interface RateLimiterOptions {
  readonly perSecond: number
  readonly shape: LimiterShape
  readonly announcing: Announcing
}

export interface RateLimiter {
  /** @returns a refusal, or what the headers of the answer say */
  admit(
    nowMs: number,
  ):
    | { readonly refusal: Extract<Reply, { status: number; body: unknown }> }
    | { readonly headers: Readonly<Record<string, string>> }
}

/** A provider's limit of requests, in the dialect of OpenAI. */
export function createRateLimiter({ perSecond, shape, announcing }: RateLimiterOptions): RateLimiter {
  let left = perSecond
  let atMs: number | undefined

  function refill(nowMs: number): void {
    const before = atMs ?? nowMs
    if (shape === 'bucket') left = Math.min(perSecond, left + ((nowMs - before) / 1000) * perSecond)
    else if (Math.floor(nowMs / 1000) > Math.floor(before / 1000)) left = perSecond
    atMs = nowMs
  }

  function describe(nowMs: number): Record<string, string> {
    if (announcing !== 'headers') return {}
    const resetMs = shape === 'bucket' ? ((perSecond - left) / perSecond) * 1000 : 1000 - (nowMs % 1000)
    return {
      'x-ratelimit-limit-requests': String(perSecond),
      'x-ratelimit-remaining-requests': String(Math.floor(left)),
      'x-ratelimit-reset-requests':
        shape === 'bucket' ? `${Math.ceil(resetMs)}ms` : new Date(nowMs + resetMs).toISOString(),
    }
  }

  return {
    admit(nowMs) {
      refill(nowMs)
      if (left >= 1) {
        left -= 1
        return { headers: describe(nowMs) }
      }
      const headers = { ...describe(nowMs), ...(announcing === 'retry-after' && { 'retry-after': '1' }) }
      const error = { message: 'Rate limit reached for requests', type: 'requests', code: 'rate_limit_exceeded' }
      return { refusal: { status: 429, body: { error }, headers } }
    },
  }
}
