import { expect, test } from '@jest/globals'
import { patientWallMs, usualWallMs, wasAsleep } from './sandbox-limits.ts'

test.each([
  ['slept throughout', 0, 5_000, true],
  ['worked a little under a fifth of the time', 999, 5_000, true],
  ['worked a fifth of the time', 1_000, 5_000, false],
])('whoever %s was asleep or not', (_, cpuMs, wallMs, asleep) => {
  expect(wasAsleep({ cpuMs, wallMs })).toBe(asleep)
})

test.each([1, 300, 2_000, 60_000])('with %i ms of CPU time a patient run always ends in a verdict', (cpuMs) => {
  expect(wasAsleep({ cpuMs, wallMs: patientWallMs(cpuMs) })).toBe(true)
  expect(usualWallMs(cpuMs)).toBeLessThan(patientWallMs(cpuMs) + 1)
})
