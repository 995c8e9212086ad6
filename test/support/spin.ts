import { spawnSync } from 'node:child_process'

/** Iterations of an empty loop that this machine does in a second of processor time. */
const turnsPerSecond = Number(
  spawnSync('/usr/bin/python3', [
    '-c',
    'import time; s = time.process_time(); sum(i & 1 for i in range(2_000_000)); print(2_000_000 / (time.process_time() - s))',
  ]).stdout.toString(),
)

/** A program that returns its grid after that much processor time; the clock in the sandbox cannot tell it when to stop. */
export function spin(cpuSeconds: number): string {
  return `def solve(grid):
    sum(i & 1 for i in range(${Math.round(turnsPerSecond * cpuSeconds)}))
    return grid
`
}
