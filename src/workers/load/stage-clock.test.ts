import { expect, test } from '@jest/globals'
import { createStageClock, quantile } from './stage-clock.ts'

test('the average is over time, and a time is counted when its thing leaves', () => {
  let nowMs = 0
  const clock = createStageClock(() => nowMs)
  const leaveFirst = clock.enter()
  nowMs = 1_000
  const leaveSecond = clock.enter()
  nowMs = 2_000
  expect(leaveFirst()).toBe(2)
  nowMs = 4_000
  expect(clock.take()).toEqual({ average: 5 / 4, seconds: [2] })
  expect(clock.inside).toBe(1)
  nowMs = 5_000
  expect(leaveSecond()).toBe(4)
  expect(clock.take()).toEqual({ average: 1, seconds: [4] })
})

test('leaving twice counts once', () => {
  let nowMs = 0
  const clock = createStageClock(() => nowMs)
  const leave = clock.enter()
  nowMs = 500
  leave()
  nowMs = 900
  expect(leave()).toBe(0.5)
  expect(clock.inside).toBe(0)
  expect(clock.take().seconds).toEqual([0.5])
})

test('of many times the last thousand are kept', () => {
  const clock = createStageClock(() => 0)
  for (let nth = 0; nth < 5_000; nth += 1) clock.add(nth)
  const { seconds } = clock.take()
  expect([seconds.length, seconds[0], seconds.at(-1)]).toEqual([1_000, 4_000, 4_999])
})

test.each([
  [[], 0.5, null],
  [[3], 0.95, 3],
  [[4, 1, 2, 3], 0.5, 3],
  [[4, 1, 2, 3], 0.95, 4],
])('of %j, the share %d lies below %p', (values: number[], share, expected) => {
  expect(quantile(values, share)).toBe(expected)
})
