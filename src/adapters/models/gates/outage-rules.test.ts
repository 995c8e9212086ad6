import { describe, expect, test } from '@jest/globals'
import type { ModelFailure } from '../../../domain/models/model-failure.ts'
import {
  beginProbe,
  countFailure,
  endOutage,
  endProbe,
  findNextProbeMs,
  isDown,
  noOutage,
  type Outage,
} from './outage-rules.ts'

const down: ModelFailure = { kind: 'try-again', because: 'server-error', reason: '503' }

function failTimes(times: number, failure = down, outage: Outage = noOutage): Outage {
  return times === 0 ? outage : failTimes(times - 1, failure, countFailure(outage, failure, findNextProbeMs(outage)))
}

describe('a model', () => {
  test('is down after five failures in a row', () => {
    expect(isDown(failTimes(4))).toBe(false)
    expect(isDown(failTimes(5))).toBe(true)
    expect(isDown(failTimes(4, down, endOutage(failTimes(4))))).toBe(false)
  })

  test.each<[string, ModelFailure]>([
    ['a rate limit', { kind: 'try-again', because: 'rate-limit', reason: '429' }],
    ['a rejection', { kind: 'end-sample', reason: '400' }],
    ['an unusable reply', { kind: 'try-again', because: 'broken-reply', reason: 'no message', few: true }],
    ['a stop', { kind: 'stop-run', reason: '401' }],
  ])('is not down after %s', (_, failure) => expect(failTimes(9, failure)).toEqual(noOutage))

  test.each<[string, ModelFailure]>([
    ['a timeout', { kind: 'try-again', because: 'no-reply', reason: 'an incomplete reply', few: true }],
    ['web pages after it had answered before', { kind: 'try-again', because: 'broken-reply', reason: 'a web page' }],
  ])('is down after %s', (_, failure) => expect(isDown(failTimes(5, failure))).toBe(true))

  test('that is down is probed after pauses that double up to a minute', () => {
    let outage = failTimes(4)
    const pauses = Array.from({ length: 9 }, () => {
      const nowMs = findNextProbeMs(outage)
      outage = countFailure(outage, down, nowMs)
      return findNextProbeMs(outage) - nowMs
    })
    expect(pauses).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000])
  })

  test('is not probed less often because eighty requests failed at once', () => {
    const first = failTimes(5)
    const all = Array.from({ length: 75 }).reduce<Outage>((outage) => countFailure(outage, down, 10), first)
    expect(findNextProbeMs(all)).toBe(1_000)
  })

  test('that is down is probed by one request, and by another after a minute without a result', () => {
    const probed = beginProbe(failTimes(5), 1_000)
    expect(findNextProbeMs(probed)).toBe(61_000)
    expect(findNextProbeMs(endProbe(countFailure(probed, down, 2_000)))).toBe(4_000)
  })

  test('that has answered is open to all requests at once', () => {
    expect(findNextProbeMs(endOutage(beginProbe(failTimes(9), 5_000)))).toBe(0)
  })
})
