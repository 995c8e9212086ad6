#!/usr/bin/env -S node --disable-warning=ExperimentalWarning
import { spawnSync } from 'node:child_process'
import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { main } from '../../src/cli/main.ts'
import type { Pair, Task } from '../../src/domain/tasks/task.ts'
import { openRunStore } from '../../src/runs/open-run-store.ts'
import { programOf } from '../../test/support/list-exported.ts'
import { recordRun } from '../../test/support/record-run.ts'

/*
 * What exports of runs of several sizes take: rows, seconds and peak memory, each in a process of its own. Memory must not grow
 * with the rows. Each record has one sample with a prompt of about 10 kB; the guard compares all of them with 120 tasks.
 */

const { values } = parseArgs({
  options: {
    records: { type: 'string', default: '1000,10000' },
    // The argument with which the script calls itself: the name of a run to export.
    export: { type: 'string' },
    format: { type: 'string', default: 'sft' },
  },
})

/** Grids of random symbols, 20 on each side. */
function drawTask(taskId: string, split: string): Task {
  const drawGrid = () =>
    Array.from({ length: 20 }, () => Array.from({ length: 20 }, () => Math.floor(Math.random() * 10)))
  const drawPair = (): Pair => ({ input: drawGrid(), output: drawGrid() })
  return { taskId, version: 0, dataset: 'arc-agi-2', split, train: [1, 2, 3, 4].map(drawPair), test: [drawPair()] }
}

async function measure(records: number): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'arcloom-exports-'))
  try {
    const evaluation = join(dataDir, 'datasets', 'arc-agi-2', 'data', 'evaluation')
    await mkdir(evaluation, { recursive: true })
    for (let index = 0; index < 120; index += 1) {
      const { train, test } = drawTask('', '')
      await writeFile(join(evaluation, `e${index}.json`), JSON.stringify({ train, test }))
    }
    const tasks = Array.from({ length: records }, (_, index) => drawTask(`t${index}`, 'training'))
    const store = openRunStore({ dataDir }, 'bench')
    // Every fourth task has a bad answer beside the good one.
    const good = (index: number) => ({ texts: [programOf(`${index}`)], right: 'all' as const })
    const bad = { texts: [programOf('[]')] }
    const say = (_: Task, index: number) => (index % 4 === 0 ? [good(index), bad] : [good(index)])
    await recordRun(store, { name: 'run', recipe: 'code', tasks, say })
    for (const format of ['sft', 'preferences', 'parquet']) {
      const words = [fileURLToPath(import.meta.url), '--export', 'run', '--format', format]
      const env = { ...process.env, ARCLOOM_DATA_DIR: dataDir }
      const { stdout, stderr, status } = spawnSync(process.execPath, words, { env, encoding: 'utf8' })
      if (status !== 0) throw new Error(stderr)
      process.stdout.write(`${records} records, ${stdout}`)
    }
    const files = await readdir(join(dataDir, 'exports'))
    const sizes = await Promise.all(files.map((file) => stat(join(dataDir, 'exports', file))))
    console.log(files.map((file, index) => `${file} ${((sizes[index]?.size ?? 0) / 1e6).toFixed(1)} MB`).join(', '))
  } finally {
    await rm(dataDir, { recursive: true })
  }
}

async function exportAndMeasure(run: string, format: string): Promise<void> {
  const began = performance.now()
  await main(['export', format, run])
  const seconds = (performance.now() - began) / 1000
  console.log(`${format}: ${seconds.toFixed(1)} s, at most ${Math.round(process.resourceUsage().maxRSS / 1024)} MiB`)
}

if (values.export === undefined) for (const records of values.records.split(',')) await measure(Number(records))
else await exportAndMeasure(values.export, values.format)
