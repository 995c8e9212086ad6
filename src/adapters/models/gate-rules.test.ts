import { describe, expect, test } from '@jest/globals'
import type { ModelFailure } from '../../domain/models/model-failure.ts'
import { afterFailure, afterSuccess, findNextEntryMs, openGate, type GateState } from './gate-rules.ts'

const tooMany: ModelFailure = { kind: 'try-again', because: 'rate-limit', reason: '429' }
const open: GateState = { allowed: 8, pausedUntilMs: 0, refusals: 0 }

describe('after a failure', () => {
  test.each<[string, ModelFailure, number, GateState]>([
    [
      'a rate limit halves the requests allowed and pauses',
      tooMany,
      8,
      { allowed: 4, pausedUntilMs: 101_000, refusals: 1 },
    ],
    ['at least one request stays allowed', tooMany, 1, { allowed: 1, pausedUntilMs: 101_000, refusals: 1 }],
    ['the number in flight is halved, not the limit', tooMany, 4, { allowed: 2, pausedUntilMs: 101_000, refusals: 1 }],
    [
      'the provider’s own pause is used',
      { ...tooMany, afterMs: 7 },
      8,
      { allowed: 4, pausedUntilMs: 100_007, refusals: 1 },
    ],
    [
      'a server error with a pause stops new requests and halves nothing',
      { kind: 'try-again', because: 'server-error', reason: '503', afterMs: 5_000 },
      8,
      { ...open, pausedUntilMs: 105_000 },
    ],
    ['a server error alone changes nothing', { kind: 'try-again', because: 'server-error', reason: '500' }, 8, open],
    ['a failure that ends one sample changes nothing', { kind: 'end-sample', reason: '400' }, 8, open],
  ])('%s', (_, failure, inside, expected) => {
    expect(afterFailure(open, failure, inside, 100_000)).toEqual(expected)
  })

  test('without a limit, half of the requests in flight stay allowed', () => {
    expect(afterFailure(openGate({}), tooMany, 50, 0).allowed).toBe(25)
  })

  test('pauses double up to a minute', () => {
    let state = open
    const pauses = Array.from({ length: 8 }, () => {
      const nowMs = state.pausedUntilMs
      state = afterFailure(state, tooMany, 1, nowMs)
      return state.pausedUntilMs - nowMs
    })
    expect(pauses).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000])
  })

  test('requests refused together count as one event, and the longest pause applies', () => {
    const first = afterFailure(open, tooMany, 8, 0)
    expect(afterFailure(first, tooMany, 7, 10)).toEqual(first)
    expect(afterFailure(first, { ...tooMany, afterMs: 30_000 }, 7, 10)).toEqual({ ...first, pausedUntilMs: 30_010 })
    expect(afterFailure(first, { ...tooMany, afterMs: 5 }, 7, 10)).toEqual(first)
  })
})

describe('after successes', () => {
  test('one more request is allowed per full round of them, up to the limit', () => {
    const succeed = (state: GateState, times: number): GateState =>
      times === 0 ? state : succeed(afterSuccess(state, { concurrentRequests: 4 }, 0), times - 1)
    const slowed = { allowed: 2, pausedUntilMs: 0, refusals: 3 }
    expect(Math.floor(succeed(slowed, 1).allowed)).toBe(2)
    expect(Math.floor(succeed(slowed, 3).allowed)).toBe(3)
    expect(succeed(slowed, 100)).toEqual({ allowed: 4, pausedUntilMs: 0, refusals: 0 })
  })

  test('those that began before a pause change nothing', () => {
    const paused = { allowed: 2, pausedUntilMs: 50, refusals: 3 }
    expect(afterSuccess(paused, {}, 49)).toBe(paused)
  })
})

describe('the next request may start', () => {
  test.each([
    ['at once', { inside: 7 }, 0],
    ['when one in flight ends', { inside: 8 }, Infinity],
    ['when one in flight ends, if only a fraction is free', { inside: 8, state: { ...open, allowed: 8.9 } }, Infinity],
    ['after the pause', { state: { ...open, pausedUntilMs: 9 } }, 9],
    ['a minute after the oldest, when the minute is full', { perMinute: 2, entries: [1, 5, 9] }, 60_005],
    ['at once while the minute has room', { perMinute: 4, entries: [1, 5, 9] }, 0],
  ])('%s', (_, given: { inside?: number; state?: GateState; perMinute?: number; entries?: number[] }, expected) => {
    const limits = given.perMinute === undefined ? {} : { requestsPerMinute: given.perMinute }
    expect(findNextEntryMs(given.state ?? open, limits, given.inside ?? 0, given.entries ?? [])).toBe(expected)
  })
})
