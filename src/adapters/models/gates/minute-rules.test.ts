import { expect, test } from '@jest/globals'
import { dropOld, findRoomForRequest, findRoomForTokens } from './minute-rules.ts'

const entries = [
  { atMs: 1_000, tokens: 400 },
  { atMs: 5_000, tokens: 100 },
  { atMs: 9_000, tokens: 300 },
]

test.each([
  ['at once without a limit', undefined, 0],
  ['at once while the minute has room', 4, 0],
  ['a minute after the oldest of a full minute', 3, 61_000],
  ['when as many have left as it takes', 1, 69_000],
  ['never with a limit of nothing', 0, Infinity],
])('a request fits %s', (_, perMinute, atMs) => {
  expect(findRoomForRequest(entries, perMinute)).toEqual({ atMs, why: 'requests' })
})

test.each([
  ['at once without a limit', 1_000, undefined, 0],
  ['at once while there is room', 200, 1_000, 0],
  ['when the first has left', 201, 1_000, 61_000],
  ['when enough have left', 700, 1_000, 65_000],
  ['when all have left, if it takes the whole limit or more', 5_000, 1_000, 69_000],
  ['never with a limit of nothing', 1, 0, Infinity],
])('tokens fit %s', (_, tokens, perMinute, atMs) => {
  expect(findRoomForTokens(entries, tokens, perMinute)).toEqual({ atMs, why: 'tokens' })
})

test('what entered a minute ago no longer counts', () => {
  const left = [...entries]
  dropOld(left, 65_000)
  expect(left).toEqual([{ atMs: 9_000, tokens: 300 }])
})
