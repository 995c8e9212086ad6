#!/usr/bin/env -S node --disable-warning=ExperimentalWarning
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { openScriptStack } from '../../test/support/script-stack.ts'
import { writeTasks } from '../../test/support/write-tasks.ts'
import { measureFlow, type Flow } from './support/measure-flow.ts'
import { renderFigures } from './support/render-figures.ts'

/*
 * How well a run keeps its requests in flight when answers take very different times: 400 tasks with 2 samples each, 5 s ± 60 %, with
 * a limit of 100 requests at once. Without any loss that takes 800 × 5 s / 100 = 40 s; the goal is at most a tenth more.
 *
 * Beside it, the same by a limit on tasks alone: 50 at once, which have 100 requests in flight only while none of them has its first
 * answer.
 */

const { values } = parseArgs({
  options: {
    tasks: { type: 'string', default: '400' },
    'best-of': { type: 'string', default: '2' },
    'latency-ms': { type: 'string', default: '5000' },
    jitter: { type: 'string', default: '0.6' },
    requests: { type: 'string', default: '100' },
    'skip-tasks': { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
})
const tasks = Number(values.tasks)
const bestOf = Number(values['best-of'])
const requests = Number(values.requests)
const samples = tasks * bestOf
const idealMs = (samples * Number(values['latency-ms'])) / requests
const goal = 1.1

const stack = await openScriptStack()
let byRequests: Flow
let byTasks: Flow | undefined
try {
  const { code, stderr } = await stack.arcloom('up')
  if (code !== 0) throw new Error(stderr)
  const dataset = await writeTasks(join(stack.dataDir, 'tasks'), tasks)
  const provider = { 'latency-ms': values['latency-ms'], jitter: values.jitter }
  const run = { dataset, 'best-of': bestOf }
  byRequests = await measureFlow(
    stack,
    { provider, run: { ...run, name: 'by-requests', 'max-concurrent-requests': requests } },
    samples,
  )
  if (!values['skip-tasks']) {
    const window = Math.ceil(requests / bestOf)
    byTasks = await measureFlow(
      stack,
      { provider, run: { ...run, name: 'by-tasks', 'max-concurrent-tasks': window } },
      samples,
    )
  }
} finally {
  await stack.close()
}

const figures = [
  { name: 'time without any loss', value: idealMs / 1000, unit: 's' },
  { name: 'time by a limit on requests', value: byRequests.flowMs / 1000, unit: 's' },
  { name: '  of the ideal', value: (100 * byRequests.flowMs) / idealMs, unit: '%', goal: `${Math.round(100 * goal)}` },
  { name: '  requests in flight at most', value: byRequests.maxInFlight, unit: '', goal: String(requests) },
  { name: '  load of the machine', value: byRequests.load, unit: 'processes' },
  ...(byTasks === undefined
    ? []
    : [
        { name: 'time by a limit on tasks alone', value: byTasks.flowMs / 1000, unit: 's' },
        { name: '  of the ideal', value: (100 * byTasks.flowMs) / idealMs, unit: '%' },
        { name: '  load of the machine', value: byTasks.load, unit: 'processes' },
      ]),
]
if (values.json) console.log(JSON.stringify({ idealMs, byRequests, byTasks }, null, 2))
else console.log(`${samples} samples, ${requests} at once\n\n${renderFigures(figures)}`)
process.exitCode = byRequests.flowMs <= goal * idealMs ? 0 : 1
