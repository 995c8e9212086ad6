import { spawnSync } from 'node:child_process'

/** Turns of an empty loop that this machine makes in a second of processor time. */
const turnsPerSecond = Number(
  spawnSync('/usr/bin/python3', [
    '-c',
    'import time; s = time.process_time(); sum(i & 1 for i in range(2_000_000)); print(2_000_000 / (time.process_time() - s))',
  ]).stdout.toString(),
)

/** A program that gives back its grid after so much processor time; the clock in the sandbox cannot tell it when to end. */
export function spin(cpuSeconds: number): string {
  return `def solve(grid):
    sum(i & 1 for i in range(${Math.round(turnsPerSecond * cpuSeconds)}))
    return grid
`
}
