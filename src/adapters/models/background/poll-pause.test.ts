import { expect, test } from '@jest/globals'
import { findPollPauseMs } from './poll-pause.ts'

test.each([
  ['a call that has just begun', 0, 0, 1, 1_000],
  ['one that has taken a while', 60_000, 0, 1, 6_000],
  ['one that has taken an hour', 3_600_000, 0, 1, 15_000],
  ['looks that fail', 8_000, 3, 1, 8_000],
  ['looks that have failed for long', 3_600_000, 40, 1, 60_000],
  ['one of many', 0, 0, 400, 10_000],
  ['one of very many', 3_600_000, 0, 1_000, 25_000],
])('waits for %s', (_, callMs, failures, calls, pauseMs) =>
  expect(findPollPauseMs(callMs, failures, calls)).toBe(pauseMs),
)
