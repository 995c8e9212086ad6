import { expect, test } from '@jest/globals'
import { patientWallMs, wasAsleep } from './sandbox-limits.ts'

test.each([
  ['slept all the time', 0, 5_000, 2_000, 0, 0, true],
  ['slept on a busy machine', 5, 5_000, 2_000, 0, 3, true],
  ['worked a little under a fifth of the time', 999, 5_000, 2_000, 0, 0, true],
  ['worked a fifth of the time', 1_000, 5_000, 2_000, 0, 0, false],
  ['got little CPU time, and used half of it', 50, 1_200, 100, 0, 0, false],
  ['got little CPU time, and used less', 49, 1_200, 100, 0, 0, true],
  ['slept in small pieces on a busy machine', 40, 5_000, 2_000, 300, 60, true],
  ['waited for one core among thirty others', 160, 5_000, 2_000, 0, 50, false],
])('whether a program slept: it %s', (_, cpuMs, wallMs, givenCpuMs, sleeps, preemptions, asleep) => {
  expect(wasAsleep({ cpuMs, wallMs, sleeps, preemptions }, givenCpuMs)).toBe(asleep)
})

test.each([
  ['is enough for a machine that is busy now and then', 1_500, 25_000],
  ['grows with how long the first try had to wait', 600, 50_000],
  ['has a maximum', 1, 60_000],
])('the time allowed on a retry %s', (_, cpuMs, patienceMs) => {
  expect(patientWallMs(2_000, { wallMs: 5_000, cpuMs })).toBe(patienceMs)
})
