import { expect, test } from '@jest/globals'
import { findPollPauseMs } from './poll-pause.ts'

test.each([
  ['a call that has just begun', 0, 0, 1_000],
  ['one that has taken some seconds', 8_000, 0, 2_000],
  ['one that has taken an hour', 3_600_000, 0, 15_000],
  ['looks that fail', 8_000, 3, 8_000],
  ['looks that have failed for long', 3_600_000, 40, 60_000],
])('waits for %s', (_, callMs, failures, pauseMs) => expect(findPollPauseMs(callMs, failures)).toBe(pauseMs))
