#!/usr/bin/env -S node --disable-warning=ExperimentalWarning
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import type { PartName } from '../../src/stack/parts/part.ts'
import { createRandom } from '../../test/support/create-random.ts'
import { startFakeProvider, type RecordedRequest } from '../../test/support/fake-provider.ts'
import { openScriptStack } from '../../test/support/script-stack.ts'
import { answers } from '../../test/support/test-bench.ts'
import type { TestStack } from '../../test/support/test-stack.ts'
import { writeTasks } from '../../test/support/write-tasks.ts'

/*
 * Kills at random, with kill -9, during a run of 400 items with 50 calls of 2 s in flight: the worker, the server, both, the
 * client, or the supervisor with everything followed by `up`. Exits with 1 if anything was lost, or if anything was paid for
 * twice that was not in flight.
 */

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '20' },
    items: { type: 'string', default: '400' },
    window: { type: 'string', default: '50' },
    'latency-ms': { type: 'string', default: '2000' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
  },
})
const items = Number(values.items)
const kills = Number(values.kills)

type Victim = readonly (PartName | 'supervisor')[] | 'client'
const victims: readonly Victim[] = [
  ['worker'],
  ['server'],
  ['worker', 'server'],
  'client',
  ['supervisor', 'worker', 'server', 'baseline'],
]

const random = createRandom(Number(values.seed))
const stack = await openScriptStack()
const provider = await startFakeProvider({
  reply: () => ({ text: answers.flip }),
  latencyMs: Number(values['latency-ms']),
})
const isAnswered = (request: RecordedRequest) => request.answeredAtMs !== undefined

async function kill(victim: Victim, client: ReturnType<TestStack['begin']>): Promise<void> {
  if (victim === 'client') return void client.kill('SIGKILL')
  stack.kill(...victim)
  if (victim.includes('supervisor')) {
    const { code, stderr } = await stack.arcloom('up')
    if (code !== 0) throw new Error(`up ended with ${code}: ${stderr}`)
  }
}

let failed = false
try {
  console.log(`seed ${values.seed}`)
  const dataset = await writeTasks(join(stack.dataDir, 'tasks'), items)
  await stack.arcloom('up')
  const place = ['--model', 'local/fake', '--base-url', provider.url, '--dataset', dataset, '--name', 'soak']
  const begin = () => stack.begin('benchmark', 'code', ...place, '--max-concurrent-tasks', values.window)
  let client = begin()
  for (let nth = 1; nth <= kills; nth += 1) {
    // Spread over the run, each at a random moment.
    const mark = Math.floor((items * nth) / (kills + 2))
    await provider.waitUntil((requests) => new Set(requests.filter(isAnswered).map(nameQuestion)).size >= mark)
    await sleep(random() * 2_000)
    const victim = victims[Math.floor(random() * victims.length)] ?? 'client'
    const finished = (await stack.status('soak')).tasks.done
    console.log(
      `${nth}/${kills} at ${finished} finished: kill -9 of ${victim === 'client' ? victim : victim.join(', ')}`,
    )
    await kill(victim, client)
    if (client.killed || client.exitCode !== null) client = begin()
  }
  await client.ended
  await stack.arcloom('watch', 'soak')
  const { state, tasks, samples, requests, verdicts } = await stack.status('soak')
  const unique = new Set(provider.requests.map(nameQuestion)).size
  const summary = { state, tasks, samples, requests, verdicts, atProvider: provider.requests.length, unique }
  console.log(JSON.stringify(summary, null, 2))
  failed =
    state !== 'complete' ||
    tasks.done !== items ||
    samples.stored !== items ||
    unique !== items ||
    verdicts['correct'] !== items ||
    requests.sent !== items + samples.repaid ||
    // The ledger is written first: a worker killed in between has noted a request that was never sent.
    provider.requests.length > requests.sent
  console.log(
    failed
      ? 'FAILED: see above'
      : `ok: ${samples.repaid} requests were in flight at a kill and paid for again, no others`,
  )
} finally {
  await stack.close()
  await provider.close()
}
process.exit(failed ? 1 : 0)

function nameQuestion({ body }: RecordedRequest): string {
  return JSON.stringify([body.messages, body['seed']])
}
