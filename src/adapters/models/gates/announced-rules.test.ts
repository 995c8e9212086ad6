import { describe, expect, test } from '@jest/globals'
import type { RateLimit } from '../../../domain/models/rate-limit.ts'
import { chooseNewer, findAnnouncedRoom, type Announced } from './announced-rules.ts'

const bucket: RateLimit = { counts: 'requests', limit: 60, remaining: 2, resetAtMs: 158_000, refills: 'gradually' }
const announce = (limit: Partial<RateLimit>): Announced => ({
  limit: { ...bucket, ...limit },
  readAtMs: 100_000,
  takenBefore: 10,
})

describe('a request may enter', () => {
  test.each([
    ['at once while something remains', {}, 1, 11, 1, 0],
    ['when a bucket has one more', {}, 1, 12, 1, 101_000],
    ['when a bucket has as many as are missing', {}, 1, 15, 1, 104_000],
    ['later, if other workers take as much', {}, 1, 12, 2, 103_000],
    ['when a bucket holds all that it takes', { counts: 'tokens' }, 12, 10, 1, 110_000],
    ['when a bucket is full, if it takes more than that', { counts: 'tokens' }, 500, 10, 1, 158_000],
    ['when a window has ended', { refills: 'at-once' }, 1, 12, 1, 158_000],
    ['after a minute, whatever is announced', { refills: 'at-once', resetAtMs: 9e9 }, 1, 12, 1, 160_000],
    ['at once, if the reset has passed', { remaining: 0, resetAtMs: 99_000 }, 1, 10, 1, 0],
  ] satisfies [string, Partial<RateLimit>, number, number, number, number][])(
    '%s',
    (_, limit, amount, taken, sharers, atMs) => {
      expect(findAnnouncedRoom(announce(limit), amount, taken, sharers)).toEqual({ atMs, why: 'announced' })
    },
  )
})

test('of two announcements that of the later request counts, whichever came first', () => {
  const early = announce({})
  const late = { ...early, takenBefore: 20 }
  expect(chooseNewer(late, early)).toBe(late)
  expect(chooseNewer(early, late)).toBe(late)
  expect(chooseNewer(undefined, early)).toBe(early)
})
