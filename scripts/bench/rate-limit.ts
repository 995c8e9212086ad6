#!/usr/bin/env -S node --disable-warning=ExperimentalWarning
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { fitTable } from '../../src/cli/terminal/render-table.ts'
import type { Announcing, LimiterShape } from '../../test/support/rate-limiter.ts'
import { openScriptStack } from '../../test/support/script-stack.ts'
import { writeTasks } from '../../test/support/write-tasks.ts'
import { measureFlow, type Flow } from './support/measure-flow.ts'

/*
 * How near requests come to a provider's limit that nobody configured: 400 calls of half a second against a server that accepts 20 a
 * second, by one worker and by two. The limit would take 20 s; the goals are at most 22 s and fewer than 60 refusals.
 *
 * The limit is a bucket (OpenAI, Anthropic) or a window (OpenRouter), and the server says nothing about it, or only after a refusal how
 * long to wait, or with every reply what is left.
 */

const { values } = parseArgs({
  options: {
    calls: { type: 'string', default: '400' },
    'per-second': { type: 'string', default: '20' },
    'latency-ms': { type: 'string', default: '500' },
    workers: { type: 'string', default: '1,2' },
    /** Only limits whose name contains this: `bucket`, `headers`. */
    only: { type: 'string', default: '' },
    json: { type: 'boolean', default: false },
  },
})
const calls = Number(values.calls)
const perSecond = Number(values['per-second'])
const idealMs = (calls / perSecond) * 1000
const goal = { slowdown: 1.1, refused: 0.15 * calls }

const limits = (['bucket', 'window'] satisfies LimiterShape[])
  .flatMap((shape) =>
    (['nothing', 'retry-after', 'headers'] satisfies Announcing[]).map((announcing) => ({ shape, announcing })),
  )
  .filter(({ shape, announcing }) => `${shape}, ${announcing}`.includes(values.only))

const stack = await openScriptStack()
const more: ReturnType<typeof stack.begin>[] = []

async function endWorkers(): Promise<void> {
  for (const worker of more.splice(0)) {
    worker.kill('SIGTERM')
    await worker.ended
  }
}

/** The stack has one worker; the others are processes of their own. */
async function haveWorkers(count: number): Promise<void> {
  await endWorkers()
  while (more.length < count - 1) {
    const worker = stack.begin('worker', '--queues', 'models')
    more.push(worker)
    if (worker.stderr) await Promise.race([once(worker.stderr, 'data'), worker.ended])
    // Its pollers have to reach the server.
    await sleep(1_000)
  }
}

interface Measured extends Flow {
  readonly workers: number
  readonly shape: LimiterShape
  readonly announcing: Announcing
}

const measured: Measured[] = []
try {
  const { code, stderr } = await stack.arcloom('up')
  if (code !== 0) throw new Error(stderr)
  const dataset = await writeTasks(join(stack.dataDir, 'tasks'), calls)
  for (const workers of values.workers.split(',').map(Number)) {
    await haveWorkers(workers)
    for (const { shape, announcing } of limits) {
      const provider = { 'per-second': perSecond, 'latency-ms': values['latency-ms'], shape, announcing }
      const name = `${shape}-${announcing}-${workers}`
      const flow = await measureFlow(stack, { provider, run: { dataset, name, 'max-concurrent-requests': 100 } }, calls)
      measured.push({ workers, shape, announcing, ...flow })
      process.stderr.write(`${name}: ${(flow.flowMs / 1000).toFixed(1)} s, ${flow.refused} refused\n`)
    }
  }
} finally {
  await stack.close()
}

const reached = measured.filter(({ flowMs, refused }) => flowMs <= goal.slowdown * idealMs && refused < goal.refused)
if (values.json) console.log(JSON.stringify({ idealMs, goal, measured }, null, 2))
else {
  console.log(`${calls} calls, ${perSecond} a second: ${idealMs / 1000} s without any loss\n`)
  const rows = measured.map(({ workers, shape, announcing, flowMs, refused, maxInFlight, load }) => [
    String(workers),
    shape,
    announcing,
    `${(flowMs / 1000).toFixed(1)} s`,
    (flowMs / idealMs).toFixed(2),
    String(refused),
    String(maxInFlight),
    load.toFixed(1),
  ])
  const headings = ['workers', 'limit', 'it announces', 'time', 'of ideal', 'refused', 'in flight', 'load']
  console.log(fitTable(headings, rows, Infinity))
  console.log(
    `\ngoals: at most ${goal.slowdown} of the ideal time, fewer than ${goal.refused} refused: reached by ${reached.length} of ${measured.length}`,
  )
}
process.exitCode = reached.length === measured.length ? 0 : 1
