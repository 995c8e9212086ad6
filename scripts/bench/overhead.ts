#!/usr/bin/env -S node --disable-warning=ExperimentalWarning
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { openScriptStack } from '../../test/support/script-stack.ts'
import type { TestStack } from '../../test/support/test-stack.ts'
import { writeTasks } from '../../test/support/write-tasks.ts'
import { openPartsBench, variants, whole, type PartMeasurement } from './support/measure-parts.ts'
import { measurePath, type PathMeasurement, type Shape } from './support/measure-path.ts'
import { renderParts, renderPaths, summarizePart, summarizePath } from './support/render-overhead.ts'

/*
 * What Arcloom costs besides the model: wall time, CPU time of all its processes and memory, per sample, as for a user: the
 * command, the stack that it starts, a server with its database on disk. Beside each run, in the same minute, a bare loop of
 * fetch asks the same provider for the same answers: both depend on the machine, so the ratio says more than the times.
 *
 * Then the cost of single parts (see leave-out.ts), measured by leaving them out one by one between complete runs.
 *
 * Rounds repeat until the time is used up, at least one; the table shows medians. CPU time is reliable on a shared machine; wall
 * time is not, and the table says how much others used.
 */

const { values } = parseArgs({
  options: {
    samples: { type: 'string', default: '1000' },
    concurrency: { type: 'string', default: '100' },
    'latency-ms': { type: 'string', default: '100' },
    'best-of': { type: 'string', default: '8,2,1' },
    minutes: { type: 'string', default: '5' },
    'skip-parts': { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
})
const samples = Number(values.samples)
const concurrency = Number(values.concurrency)
const latencyMs = Number(values['latency-ms'])
const forMs = Number(values.minutes) * 60_000
const cores = availableParallelism()
const maxRounds = 5
/** One round of a part says nothing: runs a minute apart differ by a tenth. So each is small enough for three rounds. */
const wantedPartRounds = 3

const startedMs = performance.now()
const say = (line: string) => void process.stderr.write(`${line}\n`)

function shapeOf(bestOf: number, wanted = samples): Shape {
  const tasks = Math.ceil(wanted / bestOf)
  return { bestOf, tasks, window: Math.ceil(concurrency / bestOf), samples: tasks * bestOf, concurrency, latencyMs }
}

/** Repeats a round as long as another one fits into its share of the time. */
async function repeat(until: number, round: (nth: number) => Promise<void>): Promise<void> {
  for (let nth = 0; nth < maxRounds; nth += 1) {
    const beganMs = performance.now()
    await round(nth)
    const tookMs = performance.now() - beganMs
    if (performance.now() - startedMs + tookMs > until) return
  }
}

async function measurePaths(stack: TestStack): Promise<PathMeasurement[][]> {
  const shapes = values['best-of'].split(',').map((bestOf) => shapeOf(Number(bestOf)))
  const dataset = await writeTasks(join(stack.dataDir, 'tasks'), Math.max(...shapes.map(({ tasks }) => tasks)))
  await measurePath(stack, dataset, shapeOf(8, 80), cores, 'warm-up')
  const measured: PathMeasurement[][] = shapes.map(() => [])
  await repeat(values['skip-parts'] ? forMs : 0.6 * forMs, async (nth) => {
    for (const [index, shape] of shapes.entries()) {
      const path = await measurePath(stack, dataset, shape, cores, `best-of-${shape.bestOf}-${nth}`)
      measured[index]?.push(path)
      say(`best of ${shape.bestOf}: ${Math.round(path.wallMs)} ms, bare ${Math.round(path.bare.wallMs)} ms`)
    }
  })
  return measured
}

/** With best of 2, where the cost of an item can be seen as well as that of a sample. */
async function measureParts(stack: TestStack): Promise<PartMeasurement[][]> {
  const bench = await openPartsBench(stack)
  try {
    const all = [whole, ...variants]
    const { wallMs } = await bench.measure(whole, shapeOf(2, 60))
    const fitting = (forMs - (performance.now() - startedMs)) / (wantedPartRounds * all.length * (wallMs / 60))
    const shape = shapeOf(2, Math.round(Math.max(60, Math.min(samples, 400, fitting))))
    const measured: PartMeasurement[][] = all.map(() => [])
    await repeat(forMs, async () => {
      for (const [index, variant] of all.entries()) {
        const part = await bench.measure(variant, shape)
        measured[index]?.push(part)
        say(`${variant.name}: ${Math.round(part.wallMs)} ms`)
      }
    })
    return measured
  } finally {
    await bench.close()
  }
}

const stack = await openScriptStack()
try {
  const { code, stderr } = await stack.arcloom('up')
  if (code !== 0) throw new Error(stderr)
  const paths = (await measurePaths(stack)).map(summarizePath)
  const parts = values['skip-parts'] ? [] : (await measureParts(stack)).map(summarizePart)
  if (values.json) {
    console.log(JSON.stringify({ samples, concurrency, latencyMs, cores, paths, parts }, null, 2))
  } else {
    console.log(`${samples} samples, ${concurrency} in flight, ${latencyMs} ms each, ${cores} cores; ms per sample\n`)
    console.log(renderPaths(paths))
    if (parts.length > 0) console.log(`\nThe worker alone, best of 2, with parts left out\n\n${renderParts(parts)}`)
  }
} finally {
  await stack.close()
}
