/**
 * How long `arcloom runs` takes over many runs, in wall time and CPU time, and its peak memory: `scripts/bench/runs [runs]
 * [records]`, 100 runs of 400 records each by default.
 *
 * The runs are complete, with two samples per task, grids of 12×12, a ledger and their answers, written in the layout of a run
 * store. The first time every record is read; after that only what has changed.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { measureCommand } from './support/measure-command.ts'
import { putLargeRun } from './support/put-large-run.ts'

const [runs = 100, records = 400] = process.argv.slice(2).map(Number)
const dataDir = mkdtempSync(join(tmpdir(), 'arcloom-runs-'))
try {
  for (let seed = 0; seed < runs; seed += 1) {
    const runId = `run-${seed}`
    await putLargeRun(join(dataDir, 'runs'), { runId, size: records, samples: 2, side: 12, seed, complete: true })
  }
  for (const time of ['the first time', 'again', 'the second time'])
    measureCommand(`runs, ${runs} × ${records} records, ${time}`, ['runs'], dataDir)
} finally {
  rmSync(dataDir, { recursive: true })
}
