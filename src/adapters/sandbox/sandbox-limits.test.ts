import { expect, test } from '@jest/globals'
import { wasAsleep } from './sandbox-limits.ts'

test.each([
  ['slept throughout', 0, 5_000, 2_000, true],
  ['worked a little under a fifth of the time', 999, 5_000, 2_000, true],
  ['worked a fifth of the time', 1_000, 5_000, 2_000, false],
  ['had little to work with, and used half of it', 50, 1_200, 100, false],
  ['had little to work with, and used less', 49, 1_200, 100, true],
])('whoever %s', (_, cpuMs, wallMs, givenCpuMs, asleep) => {
  expect(wasAsleep({ cpuMs, wallMs }, givenCpuMs)).toBe(asleep)
})
