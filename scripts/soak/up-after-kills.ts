#!/usr/bin/env -S node --disable-warning=ExperimentalWarning
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { partNames, type PartName } from '../../src/stack/parts/part.ts'
import { startFakeProvider } from '../../test/support/fake-provider.ts'
import { openScriptStack } from '../../test/support/script-stack.ts'
import { answers } from '../../test/support/test-bench.ts'
import { writeTasks } from '../../test/support/write-tasks.ts'

/*
 * Kills parts of the stack at random with kill -9, every other time all of it, and types `up` at once, during a run. Exits with 1
 * if an `up` exited with a code other than 0, if the run did not continue after one, or if it lost anything.
 */

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '30' },
    items: { type: 'string', default: '400' },
    'latency-ms': { type: 'string', default: '1000' },
  },
})
const kills = Number(values.kills)
const items = Number(values.items)
const everything: readonly (PartName | 'supervisor')[] = ['supervisor', ...partNames]

const stack = await openScriptStack()
const provider = await startFakeProvider({
  reply: () => ({ text: answers.flip }),
  latencyMs: Number(values['latency-ms']),
})

/** At least one, and in any order: it matters what dies first. */
function chooseVictims(nth: number): (PartName | 'supervisor')[] {
  const shuffled = everything
    .map((name) => ({ name, at: Math.random() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ name }) => name)
  return nth % 2 === 0 ? shuffled : shuffled.slice(0, 1 + Math.floor(Math.random() * shuffled.length))
}

/** Skips parts that are not running. */
function killAll(victims: readonly (PartName | 'supervisor')[]): void {
  for (const victim of victims) {
    try {
      stack.kill(victim)
    } catch (error) {
      faults.push(String(error))
    }
  }
}

const faults: string[] = []
try {
  const dataset = await writeTasks(join(stack.dataDir, 'tasks'), items)
  await stack.arcloom('up')
  const place = [
    '--model',
    'local/fake',
    '--base-url',
    provider.url,
    '--dataset',
    dataset,
    '--name',
    'soak',
    '--detach',
  ]
  await stack.arcloom('benchmark', 'code', ...place, '--max-concurrent-tasks', '4')
  for (let nth = 1; nth <= kills; nth += 1) {
    const before = provider.requests.length
    const isUnfinished = before < items
    const victims = chooseVictims(nth)
    killAll(victims)
    const startedMs = performance.now()
    const { code, stdout, stderr } = await stack.arcloom('up')
    const seconds = ((performance.now() - startedMs) / 1000).toFixed(1)
    console.log(`${nth}/${kills} kill -9 of ${victims.join(', ')}: up exited with ${code} after ${seconds} s`)
    if (code !== 0) faults.push(`${nth}: up exited with ${code}: ${stdout}${stderr}`)
    if (code !== 0) console.log(faults.at(-1))
    // The run continues: a new request is sent.
    if (isUnfinished) await Promise.race([provider.waitUntil((requests) => requests.length > before), sleep(60_000)])
    if (isUnfinished && provider.requests.length === before)
      faults.push(`${nth}: the run did not continue within a minute`)
  }
  await stack.arcloom('watch', 'soak')
  const { state, tasks, samples, requests } = await stack.status('soak')
  console.log(JSON.stringify({ state, tasks, samples, requests, atProvider: provider.requests.length }))
  if (state !== 'complete' || tasks.done !== items || samples.stored !== items) faults.push('the run is incomplete')
  // The ledger is written first: a worker killed in between has noted a request that was never sent.
  if (provider.requests.length > items + samples.repaid) faults.push('something not in flight was paid for twice')
} finally {
  await stack.close()
  await provider.close()
}
console.log(
  faults.length === 0
    ? `ok: ${kills} of ${kills} exited with 0, and the run continued`
    : `FAILED:\n${faults.join('\n')}`,
)
process.exit(faults.length === 0 ? 0 : 1)
