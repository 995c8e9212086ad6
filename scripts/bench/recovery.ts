#!/usr/bin/env -S node --disable-warning=ExperimentalWarning
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import type { PartName } from '../../src/stack/parts/part.ts'
import { startFakeProvider, type RecordedRequest } from '../../test/support/fake-provider.ts'
import { openScriptStack } from '../../test/support/script-stack.ts'
import { answers } from '../../test/support/test-bench.ts'
import { writeTasks } from '../../test/support/write-tasks.ts'

/*
 * How long a run takes to come back after kill -9: until the provider sees the first new request, and until as many are in flight
 * as before. The whole stack in processes of its own, 50 calls of 2 s in flight, early and late in a run of 2,000 items, so that
 * anything that grows with a run's history shows.
 */

const { values } = parseArgs({
  options: {
    items: { type: 'string', default: '2000' },
    window: { type: 'string', default: '50' },
    'latency-ms': { type: 'string', default: '2000' },
    at: { type: 'string', default: '100,1900' },
    json: { type: 'boolean', default: false },
  },
})
const items = Number(values.items)
const window = Number(values.window)
const latencyMs = Number(values['latency-ms'])
const moments = values.at.split(',').map(Number)
const victims: readonly (readonly PartName[])[] = [['worker'], ['worker', 'server']]

/** Fast until the moment to measure, so that a late one is reached within a minute. */
const warmUpMs = 100

interface Recovery {
  readonly finished: number
  readonly killed: string
  readonly inFlight: number
  readonly firstRequestMs: number
  readonly fullFlowMs: number
}

const isOpen = (request: RecordedRequest) => request.answeredAtMs === undefined && !request.aborted

async function measure(finished: number, killed: readonly PartName[]): Promise<Recovery> {
  const stack = await openScriptStack()
  let delayMs = warmUpMs
  const provider = await startFakeProvider({
    reply: async () => {
      await sleep(delayMs)
      return { text: answers.flip }
    },
  })
  try {
    const dataset = await writeTasks(join(stack.dataDir, 'tasks'), items)
    await stack.arcloom('up')
    const place = ['--model', 'local/fake', '--base-url', provider.url, '--dataset', dataset, '--name', 'recovery']
    const size = ['--max-concurrent-tasks', String(window), '--save-interval', '100', '--detach']
    const started = await stack.arcloom('benchmark', 'code', ...place, ...size)
    if (started.code !== 0) throw new Error(started.stderr)
    const answered = (requests: readonly RecordedRequest[]) => requests.filter((request) => request.answeredAtMs).length
    await provider.waitUntil((requests) => answered(requests) >= finished - 2 * window)
    delayMs = latencyMs
    const warmed = provider.requests.length
    // From here on every call takes its measured latency.
    await provider.waitUntil((requests) => answered(requests) >= Math.max(finished, warmed))
    const inFlight = provider.requests.filter(isOpen).length
    const before = provider.requests.length
    const killedAtMs = Date.now()
    stack.kill(...killed)
    await provider.waitUntil((requests) => requests.length > before)
    const firstRequestMs = (provider.requests[before]?.receivedAtMs ?? 0) - killedAtMs
    const minOpen = Math.min(inFlight, items - finished) * 0.95
    await provider.waitUntil((requests) => requests.slice(before).filter(isOpen).length >= minOpen)
    return { finished, killed: killed.join(' and '), inFlight, firstRequestMs, fullFlowMs: Date.now() - killedAtMs }
  } finally {
    await stack.close()
    await provider.close()
  }
}

const recoveries: Recovery[] = []
for (const moment of moments) {
  for (const killed of victims) {
    const recovery = await measure(moment, killed)
    recoveries.push(recovery)
    if (!values.json) {
      const { finished, inFlight, firstRequestMs, fullFlowMs } = recovery
      const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`
      console.log(
        `${finished} of ${items} finished, kill -9 of ${recovery.killed}: first new request after ${seconds(firstRequestMs)}, ${inFlight} in flight again after ${seconds(fullFlowMs)}`,
      )
    }
  }
}
if (values.json) console.log(JSON.stringify({ items, window, latencyMs, recoveries }, null, 2))
