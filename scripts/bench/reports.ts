/**
 * How long `report` and `compare` take on large runs, by the clock and on the CPU, and the most memory they hold:
 * `scripts/bench/reports [records …]`.
 *
 * Two runs of four samples per task are made for each number of records, with grids of 20×20 and a ledger, and written as a
 * run store is laid out. The commands run as a user runs them, one process each.
 */
import { spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { hashJson, hashText } from '../../src/adapters/files/hash.ts'
import { createRunStore } from '../../src/adapters/stores/create-run-store.ts'
import { createFileBlobs } from '../../src/adapters/stores/file-blobs.ts'
import type { Grid } from '../../src/domain/grids/grid.ts'
import { keyItems } from '../../src/domain/tasks/item.ts'
import type { TaskPairs } from '../../src/domain/tasks/task.ts'
import { buildRecord, type SampleFacts } from '../../test/support/build-record.ts'
import { buildNewRun } from '../../test/support/build-run.ts'

const client = fileURLToPath(new URL('../arcloom.ts', import.meta.url))
const side = 20
const samples = 4
const program = 'def solve_task(grid):\n' + '    grid = [row[:] for row in grid]  # a line like any other\n'.repeat(30)

const dataDir = mkdtempSync(join(tmpdir(), 'arcloom-reports-'))
try {
  const sizes = process.argv.slice(2).map(Number)
  for (const size of sizes.length > 0 ? sizes : [1_000, 10_000]) {
    for (const seed of [1, 2]) await makeRun(`run-${size}-${seed}`, size, seed)
    const [a, b] = [`run-${size}-1`, `run-${size}-2`]
    measure(`report, ${size} records`, ['report', a])
    measure(`report --format html, ${size} records`, ['report', a, '--format', 'html'])
    measure(`compare, 2 × ${size} records`, ['compare', a, b])
  }
} finally {
  rmSync(dataDir, { recursive: true })
}

function measure(name: string, words: readonly string[]): void {
  // The process says at its end what it held at most.
  const tell = `process.on('exit', () => process.stderr.write('\\n' + JSON.stringify(process.resourceUsage())))`
  const began = performance.now()
  const { status, stderr } = spawnSync(
    process.execPath,
    ['--import', `data:text/javascript,${encodeURIComponent(tell)}`, client, ...words],
    { env: { ...process.env, ARCLOOM_DATA_DIR: dataDir }, encoding: 'utf8', maxBuffer: 1e9 },
  )
  if (status !== 0) throw new Error(`arcloom ${words.join(' ')} ended with ${status}: ${stderr}`)
  const used = JSON.parse(stderr.split('\n').at(-1) ?? '') as NodeJS.ResourceUsage
  const seconds = (performance.now() - began) / 1000
  const cpuSeconds = (used.userCPUTime + used.systemCPUTime) / 1e6
  const numbers = `${seconds.toFixed(1)} s, CPU ${cpuSeconds.toFixed(1)} s, ${(used.maxRSS / 1024).toFixed(0)} MiB`
  process.stdout.write(`${name.padEnd(40)} ${numbers}\n`)
}

/** A grid that differs from seed to seed. */
function makeGrid(seed: number): Grid {
  return Array.from({ length: side }, (_, y) =>
    Array.from({ length: side }, (_, x) => (seed * 7 + x * y + seed * x) % 10),
  )
}

function makeTask(index: number): TaskPairs {
  const pair = (n: number) => ({
    input: makeGrid(n),
    output: [...makeGrid(n + 1).slice(1), String(index).padStart(side, '0').split('').map(Number)],
  })
  return { train: [pair(index), pair(index + 3), pair(index + 5)], test: [pair(index + 7)] }
}

/** Written without waiting for the disk: what is measured is reading. */
async function makeRun(runId: string, size: number, seed: number): Promise<void> {
  const root = join(dataDir, 'runs')
  const write = (name: string, text: string) => {
    mkdirSync(dirname(join(root, name)), { recursive: true })
    writeFileSync(join(root, name), text)
  }
  const store = createRunStore({ ...createFileBlobs(root), write: async (name, text) => write(name, text) }, 'bench')
  const tasks = Array.from({ length: size }, (_, index) => makeTask(index))
  const items = keyItems(
    tasks.map((task, index) => ({
      task_id: `task-${index}`,
      version: 0,
      hash: hashJson(task),
      dataset: 'made',
      split: 'training',
    })),
  )
  const run = buildNewRun({ runId, items: size, specification: { samples } })
  const pairs = new Map(items.map((item, index) => [item.hash, tasks[index] as TaskPairs]))
  const folder = await store.createRun({ ...run, items, pairs })
  const lines: string[] = []
  for (const [index, item] of items.entries()) {
    const task = tasks[index] as TaskPairs
    const facts = Array.from({ length: samples }, (_, sample): SampleFacts => {
      const right = (index * 31 + sample * 17 + seed * 13) % 5 === 0
      return {
        passes: right || sample === 1,
        outputs: [right ? (task.test[0]?.output ?? null) : makeGrid(index + sample)],
        program: `${program}    return ${sample}`,
      }
    })
    await folder?.putRecord(buildRecord(item, task, facts))
    for (let sample = 0; sample < samples; sample += 1) {
      const about = { request: randomUUID(), answer: hashText(`${index}-${sample}`), at: run.state.started_at }
      const usage = { prompt_tokens: 3_000, completion_tokens: 700 }
      lines.push(JSON.stringify({ type: 'sent', ...about, most_usd: 0.01 }))
      lines.push(JSON.stringify({ type: 'settled', ...about, fate: 'stored', cost_usd: 0.002, usage }))
    }
  }
  write(`${runId}/ledger/worker.jsonl`, `${lines.join('\n')}\n`)
}
