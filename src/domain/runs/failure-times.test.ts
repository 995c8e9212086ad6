import { describe, expect, test } from '@jest/globals'
import { createFailureTimes, measureTryingMs } from './failure-times.ts'

const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString()
const minuteMs = 60_000
const fail = (minute: number) => ({ at: at(minute), reason: `at ${minute}` })

describe('failures without a reply since', () => {
  test('begin after the last reply to any request', () => {
    const times = createFailureTimes()
    for (const minute of [1, 2, 5, 6]) times.add(`a${minute % 2}`, fail(minute))
    times.addReply('b', at(4))
    expect(times.sinceReply('').times).toEqual([at(5), at(6)])
    times.addReply('c', at(3))
    expect(times.sinceReply('').times).toEqual([at(5), at(6)])
    expect(times.of('a1', '')).toEqual({ times: [at(1), at(5)], reason: 'at 5' })
  })

  test('are the same in whatever order they are read', () => {
    const times = createFailureTimes()
    times.addReply('b', at(4))
    for (const minute of [6, 1, 5]) times.add('a', fail(minute))
    expect(times.sinceReply('').times).toEqual([at(5), at(6)])
  })

  test('of one answer end when it arrives', () => {
    const times = createFailureTimes()
    times.add('a', fail(1))
    times.addReply('a', at(2))
    expect(times.of('a', '').times).toEqual([])
  })

  test('count from when the run was opened again', () => {
    const times = createFailureTimes()
    for (const minute of [1, 2, 3]) times.add('a', fail(minute))
    expect(times.sinceReply(at(2)).times).toEqual([at(2), at(3)])
    expect(times.of('a', at(3)).times).toEqual([at(3)])
  })
})

describe('how long requests have failed', () => {
  test.each([
    ['no failures yet', [], 0],
    ['once', [7], 0],
    ['from the first failure to the last', [1, 2, 4], 3],
    ['without a night in which nothing was tried', [0, 1, 601, 602], 32],
  ])('%s', (_, minutes, expected) => expect(measureTryingMs(minutes.map(at))).toBe(expected * minuteMs))
})
