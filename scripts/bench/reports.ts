/**
 * How long `report` and `compare` take on large runs, in wall time and CPU time, and their peak memory: `scripts/bench/reports
 * [records …]`.
 *
 * Two runs of four samples per task are made for each number of records, with grids of 20×20 and a ledger, written in the layout
 * of a run store. The commands run as a user runs them, one process each.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { measureCommand } from './support/measure-command.ts'
import { putLargeRun } from './support/put-large-run.ts'

const dataDir = mkdtempSync(join(tmpdir(), 'arcloom-reports-'))
try {
  const sizes = process.argv.slice(2).map(Number)
  for (const size of sizes.length > 0 ? sizes : [1_000, 10_000]) {
    for (const seed of [1, 2])
      await putLargeRun(join(dataDir, 'runs'), { runId: `run-${size}-${seed}`, size, samples: 4, side: 20, seed })
    const [a, b] = [`run-${size}-1`, `run-${size}-2`]
    const measure = (name: string, words: readonly string[]) => measureCommand(`${name}${size} records`, words, dataDir)
    measure('report, ', ['report', a])
    measure('report --format html, ', ['report', a, '--format', 'html'])
    measure('compare, 2 × ', ['compare', a, b])
  }
} finally {
  rmSync(dataDir, { recursive: true })
}
