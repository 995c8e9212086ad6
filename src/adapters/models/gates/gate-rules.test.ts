import { describe, expect, test } from '@jest/globals'
import type { ModelFailure } from '../../../domain/models/model-failure.ts'
import { afterFailure, afterSuccess, openGate, paceNext, type GateState } from './gate-rules.ts'

const tooMany: ModelFailure = { kind: 'try-again', because: 'rate-limit', reason: '429' }
const open: GateState = { ...openGate({}), allowed: 8 }
const busy = { inside: 8, accepted: 20 }
const nowMs = 100_000

describe('after a failure', () => {
  test.each<[string, ModelFailure, Partial<GateState>]>([
    [
      'a rate limit pauses, and sets the rate to nine tenths of what was accepted',
      tooMany,
      { allowed: 8, recoverTo: 4, perSecond: 18, refusedPerSecond: 20, pausedUntilMs: 101_000, refusals: 1 },
    ],
    [
      'the provider’s own pause is used',
      { ...tooMany, afterMs: 7 },
      { perSecond: 18, pausedUntilMs: 100_007, pauseWasAsked: true, refusals: 1 },
    ],
    [
      'a server error with a pause stops new requests and slows nothing',
      { kind: 'try-again', because: 'server-error', reason: '503', afterMs: 5_000 },
      { ...open, pausedUntilMs: 105_000, pauseWasAsked: true },
    ],
    ['a server error alone changes nothing', { kind: 'try-again', because: 'server-error', reason: '500' }, open],
    ['a failure that ends one sample changes nothing', { kind: 'end-sample', reason: '400' }, open],
  ])('%s', (_, failure, expected) => {
    expect(afterFailure(open, failure, busy, nowMs)).toMatchObject(expected)
  })

  test('a rate is never raised by a refusal', () => {
    const slow = { ...open, perSecond: 5 }
    expect(afterFailure(slow, tooMany, busy, nowMs).perSecond).toBe(4.5)
  })

  test('where next to nothing was accepted, the rate falls faster, and never to zero', () => {
    let state = open
    for (let times = 0; times < 50; times += 1) {
      state = { ...afterFailure(state, tooMany, { inside: 1, accepted: 0 }, nowMs), refusals: 0, pausedUntilMs: 0 }
    }
    expect(state.perSecond).toBe(0.1)
  })

  test('refused again before a success, half of the requests inside stay allowed', () => {
    const once = { ...open, refusals: 1 }
    expect(afterFailure(once, tooMany, busy, nowMs).allowed).toBe(4)
    expect(afterFailure(once, tooMany, { ...busy, inside: 4 }, nowMs).allowed).toBe(2)
    expect(afterFailure(once, tooMany, { ...busy, inside: 1 }, nowMs).allowed).toBe(1)
  })

  test('refused again right after the pause, the rate stays: it was not the reason', () => {
    expect(afterFailure({ ...open, refusals: 1 }, tooMany, { inside: 8, accepted: 1 }, nowMs).perSecond).toBe(100)
  })

  test('pauses double up to a minute', () => {
    let state = open
    const pauses = Array.from({ length: 8 }, () => {
      const at = state.pausedUntilMs
      state = afterFailure(state, tooMany, busy, at)
      return state.pausedUntilMs - at
    })
    expect(pauses).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000])
  })

  test('requests refused together count as one event, and the longest pause applies', () => {
    const first = afterFailure(open, tooMany, busy, 0)
    expect(afterFailure(first, tooMany, busy, 10)).toEqual(first)
    const longer = afterFailure(first, { ...tooMany, afterMs: 30_000 }, busy, 10)
    expect(longer).toEqual({ ...first, pausedUntilMs: 30_010, pauseWasAsked: true })
    expect(afterFailure(first, { ...tooMany, afterMs: 5 }, busy, 10)).toEqual(first)
  })
})

describe('after successes', () => {
  const succeed = (state: GateState, times: number, limits = {}): GateState =>
    times === 0 ? state : succeed(afterSuccess(state, limits, nowMs), times - 1, limits)

  test('one more request is allowed for each, up to half of what was inside, then per full round, up to the limit', () => {
    const slowed = { ...open, allowed: 1, recoverTo: 4, refusals: 3 }
    expect(succeed(slowed, 3).allowed).toBe(4)
    expect(Math.floor(succeed(slowed, 5).allowed)).toBe(4)
    expect(Math.floor(succeed(slowed, 8).allowed)).toBe(5)
    expect(succeed(slowed, 100, { concurrentRequests: 6 })).toMatchObject({ allowed: 6, refusals: 0 })
  })

  test('the rate rises quickly until it was refused once', () => {
    expect(succeed(open, 100).perSecond).toBe(600)
  })

  test('a refused rate is approached by five percent a second, and passed slowly', () => {
    const slowed = { ...open, perSecond: 18, refusedPerSecond: 20 }
    expect(succeed(slowed, 18).perSecond).toBeCloseTo(18.9)
    expect(succeed({ ...slowed, perSecond: 20 }, 20).perSecond).toBeCloseTo(20.05)
    expect(succeed({ ...slowed, perSecond: 22 }, 22).perSecond).toBeCloseTo(23.1)
    expect(succeed({ ...slowed, perSecond: 0.5 }, 1).perSecond).toBeCloseTo(0.51)
  })

  test('those that began before a pause change nothing', () => {
    const paused = { ...open, allowed: 2, pausedUntilMs: nowMs + 1, refusals: 3 }
    expect(afterSuccess(paused, {}, nowMs)).toBe(paused)
  })
})

test('requests are spaced by the rate; after a lull a tenth of a second is caught up with', () => {
  const state = { ...open, perSecond: 20 }
  expect(paceNext(state, 1_000, 1_000)).toBe(1_050)
  expect(paceNext(state, 1_050, 1_060)).toBe(1_100)
  expect(paceNext(state, 0, 1_000)).toBe(950)
})
