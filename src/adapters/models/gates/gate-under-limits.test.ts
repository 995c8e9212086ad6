import { afterEach, beforeEach, expect, jest, test } from '@jest/globals'
import { createRateLimiter, type Announcing, type LimiterShape } from '../../../../test/support/rate-limiter.ts'
import { classifyModelFailure } from '../../../domain/models/model-failure.ts'
import { readOpenaiLimits } from '../../../domain/providers/rate-limits/read-openai-limits.ts'
import { createGateHouse, type Gate } from './gate.ts'

/* The loop that a gate and a provider's limit make, with nothing else in it: no network, no run. See also scripts/bench/rate-limit. */

beforeEach(() => {
  jest.useFakeTimers({ now: 1e12 })
})
afterEach(() => {
  jest.useRealTimers()
})

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))
const never = new AbortController().signal

/** @returns how long 400 calls took, and how many requests were refused */
async function play(
  limit: { readonly perSecond: number; readonly shape: LimiterShape; readonly announcing: Announcing },
  { workers = 1, latencyMs = 500, refusalMs = 30, count = 400, atOnce = 100 },
) {
  const limiter = createRateLimiter(limit)
  const gates = Array.from({ length: workers }, () => createGateHouse().open('m', {}))
  const beganMs = Date.now()
  let refused = 0
  const calls = Array.from({ length: count }).values()

  async function call(gate: Gate): Promise<void> {
    for (;;) {
      const entry = await gate.enter(never)
      await sleep(refusalMs)
      const reply = limiter.admit(Date.now())
      const headers = new Headers('refusal' in reply ? reply.refusal.headers : reply.headers)
      const limits = readOpenaiLimits((name) => headers.get(name), Date.now())
      if ('headers' in reply) {
        await sleep(latencyMs)
        entry.noteSuccess(undefined, limits)
        return entry.leave()
      }
      refused += 1
      const failed = { status: 429, message: 'slow down', headers: Object.fromEntries(headers) }
      const failure = classifyModelFailure(failed, Date.now())
      entry.noteFailure(failure, limits)
      entry.leave()
      // As an activity is retried.
      await sleep(failure.kind === 'try-again' ? (failure.afterMs ?? 1_000) : 0)
    }
  }
  async function callOn(gate: Gate): Promise<void> {
    while (calls.next().done !== true) await call(gate)
  }
  const pending = new Set<Promise<void>>()
  for (let nth = 0; nth < atOnce; nth += 1) {
    const gate = gates[nth % workers]
    if (gate === undefined) continue
    const calling = callOn(gate).finally(() => pending.delete(calling))
    pending.add(calling)
  }
  while (pending.size > 0) await jest.advanceTimersByTimeAsync(20)
  return { seconds: (Date.now() - beganMs) / 1_000, refused }
}

const shapes: LimiterShape[] = ['bucket', 'window']
const announcements: Announcing[] = ['nothing', 'retry-after', 'headers']
const cases = shapes.flatMap((shape) =>
  announcements.flatMap((announcing) => [1, 2].map((workers) => [shape, announcing, workers] as const)),
)

test.each(cases)(
  '400 calls against 20 a second (%s, announcing %s) by %s workers take at most 22 s, with fewer than 60 refusals',
  async (shape, announcing, workers) => {
    const { seconds, refused } = await play({ perSecond: 20, shape, announcing }, { workers })
    expect(seconds).toBeLessThanOrEqual(22)
    expect(refused).toBeLessThan(60)
  },
)
