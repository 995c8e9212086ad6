#!/usr/bin/env -S node --disable-warning=ExperimentalWarning
import { existsSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { locateNote } from '../../src/adapters/worker-notes.ts'
import { listStackFiles } from '../../src/stack/state/stack-files.ts'
import { createBackgroundCalls } from '../../test/support/background-calls.ts'
import { startFakeProvider } from '../../test/support/fake-provider.ts'
import { openScriptStack } from '../../test/support/script-stack.ts'
import { startOnStack } from '../../test/support/start-on-stack.ts'
import { answers, buildModel, buildTasks } from '../../test/support/test-bench.ts'

/*
 * Many calls of a minute that a provider answers in the background. The worker and the Temporal server are killed while all of
 * them are in flight. Exits with 1 if a call was asked again, or if no answer was fetched within five seconds of the moment at
 * which the worker was back and the provider had one.
 */

const { values } = parseArgs({
  options: { calls: { type: 'string', default: '100' }, 'duration-ms': { type: 'string', default: '60000' } },
})
const count = Number(values.calls)
const durationMs = Number(values['duration-ms'])
const maxFetchMs = 5_000
/** How much of the duration has passed when everything is killed: the answers are written while nobody is there. */
const killAt = 0.9

const stack = await openScriptStack()
const { reply, calls } = createBackgroundCalls({ durationMs, text: answers.flip })
const provider = await startFakeProvider({ reply })
let ok = false
try {
  await stack.arcloom('up')
  const runId = await startOnStack(stack, provider.url, {
    model: buildModel(provider.url, { provider: 'openai', id: 'o3', api: 'responses' }),
    tasks: buildTasks(count),
    samples: 1,
    controls: { max_concurrent_tasks: count, save_interval: count, budget_usd: null },
  })
  while (calls.size < count) await sleep(100)
  const acceptedAtMs = [...calls.values()].map((call) => call.acceptedAtMs)
  const firstDoneAtMs = Math.min(...acceptedAtMs) + durationMs
  const killAtMs = Math.max(Math.max(...acceptedAtMs) + 1_000, firstDoneAtMs - (1 - killAt) * durationMs)
  await sleep(Math.max(0, killAtMs - Date.now()))
  const dead = stack.identify('worker').pid
  const fetchedBefore = countFetched()
  stack.kill('worker', 'server')
  const killedAtMs = Date.now()
  const backAtMs = await waitForWorker(dead)
  await stack.arcloom('watch', runId)
  const { state, requests, samples } = await stack.status(runId)
  const fetchedAtMs = [...calls.values()].flatMap((call) => call.fetchedAtMs ?? []).filter((at) => at > killedAtMs)
  const fetchMs = Math.min(...fetchedAtMs) - Math.max(backAtMs, firstDoneAtMs)
  const looks = provider.requests.filter(({ method }) => method === 'GET').length
  ok =
    state === 'complete' &&
    calls.size === count &&
    requests.sent === count &&
    samples.stored === count &&
    samples.repaid === 0 &&
    fetchMs <= maxFetchMs
  console.log(
    [
      `${count} calls of ${durationMs / 1000} s, ${count - fetchedBefore} of them in flight when worker and server were killed`,
      `the worker was back after ${((backAtMs - killedAtMs) / 1000).toFixed(1)} s`,
      `first answer fetched ${(Math.max(0, fetchMs) / 1000).toFixed(1)} s after that, or after it was written`,
      `last one ${((Math.max(...fetchedAtMs) - Math.max(...acceptedAtMs) - durationMs) / 1000).toFixed(1)} s after it was written`,
      `${calls.size - count} asked again, ${requests.sent} sent, ${samples.stored} stored, ${looks} looks`,
      ok ? 'ok' : 'FAILED',
    ].join('\n'),
  )
} finally {
  await stack.close()
  await provider.close()
}
process.exit(ok ? 0 : 1)

function countFetched(): number {
  return [...calls.values()].filter(({ fetchedAtMs }) => fetchedAtMs !== undefined).length
}

/** @returns when another worker takes work */
async function waitForWorker(dead: number): Promise<number> {
  const { ready } = listStackFiles(stack.config)
  for (;;) {
    try {
      const worker = stack.identify('worker')
      if (worker.pid !== dead && existsSync(locateNote(ready, worker))) return Date.now()
    } catch {
      // None runs yet.
    }
    await sleep(50)
  }
}
