import { expect, test } from '@jest/globals'
import { patientWallMs, wasAsleep } from './sandbox-limits.ts'

test.each([
  ['slept throughout', 0, 5_000, 2_000, 0, 0, true],
  ['slept on a busy machine', 5, 5_000, 2_000, 0, 3, true],
  ['worked a little under a fifth of the time', 999, 5_000, 2_000, 0, 0, true],
  ['worked a fifth of the time', 1_000, 5_000, 2_000, 0, 0, false],
  ['had little to work with, and used half of it', 50, 1_200, 100, 0, 0, false],
  ['had little to work with, and used less', 49, 1_200, 100, 0, 0, true],
  ['slept in small pieces on a busy machine', 40, 5_000, 2_000, 300, 60, true],
  ['waited for one core among thirty', 160, 5_000, 2_000, 0, 50, false],
])('whoever %s', (_, cpuMs, wallMs, givenCpuMs, sleeps, preemptions, asleep) => {
  expect(wasAsleep({ cpuMs, wallMs, sleeps, preemptions }, givenCpuMs)).toBe(asleep)
})

test.each([
  ['has enough for a machine that is busy now and then', 1_500, 25_000],
  ['grows with what the first try had to wait', 600, 50_000],
  ['has an end', 1, 60_000],
])('patience %s', (_, cpuMs, patienceMs) => {
  expect(patientWallMs(2_000, { wallMs: 5_000, cpuMs })).toBe(patienceMs)
})
