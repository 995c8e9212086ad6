import { expect, test } from '@jest/globals'
import { startRun } from '../../src/client/start-run.ts'
import type { ModelLimits } from '../../src/domain/models/model-spec.ts'
import { needAskingRun } from '../../src/domain/runs/run.ts'
import type { RecordedRequest, Reply } from '../support/fake-provider.ts'
import { keepProviders } from '../support/keep-providers.ts'
import { keepTestBench } from '../support/keep-test-bench.ts'
import { answers, buildRun, buildTasks } from '../support/test-bench.ts'

const bench = keepTestBench()
const serve = keepProviders()
const controls = { max_concurrent_tasks: 10, save_interval: 10, budget_usd: null }

/** Starts a run of the model with this name at an address. */
async function start(url: string, id: string, count: number, limits: ModelLimits = {}) {
  const { run, ...rest } = buildRun(url, { tasks: buildTasks(count), samples: 1, controls, name: `${id}-${count}` })
  const model = { ...needAskingRun(run).model, id, limits }
  await startRun(bench.opening, bench.store, { ...rest, run: { ...needAskingRun(run), model } })
  return bench.client.workflow.getHandle(run.run_id)
}

/** The maximum number of requests of a model that were in flight at once. */
function countMostAtOnce(requests: readonly RecordedRequest[], id: string): number {
  const mine = requests.filter(({ body }) => body.model === id)
  const isOpenAt = (atMs: number) => (each: RecordedRequest) =>
    each.receivedAtMs <= atMs && (each.answeredAtMs ?? Infinity) > atMs
  return Math.max(...mine.map(({ receivedAtMs }) => mine.filter(isOpenAt(receivedAtMs)).length))
}

test('limits apply to the model that has them, and to no other at its address', async () => {
  const provider = await serve({ reply: () => ({ text: answers.flip }), latencyMs: 200 })
  const free = await start(provider.url, 'free', 20)
  await provider.waitUntil((requests) => requests.length > 0)
  const limited = await start(provider.url, 'limited', 6, { concurrentRequests: 2 })
  await Promise.all([free.result(), limited.result()])
  expect(countMostAtOnce(provider.requests, 'limited')).toBe(2)
  expect(countMostAtOnce(provider.requests, 'free')).toBeGreaterThan(2)
})

test('a refused model does not keep another one from being asked', async () => {
  const slowDown: Reply = { status: 429, body: { error: { message: 'slow down' } }, headers: { 'retry-after': '120' } }
  const provider = await serve({ reply: ({ body }) => (body.model === 'refused' ? slowDown : { text: answers.flip }) })
  const refused = await start(provider.url, 'refused', 2)
  await provider.waitUntil((requests) => requests.length > 0)
  // It finishes while the first one has two minutes to wait.
  const neighbour = await start(provider.url, 'neighbour', 20)
  await neighbour.result()
  expect(provider.requests.filter(({ body }) => body.model === 'neighbour')).toHaveLength(20)
  await refused.cancel()
  await expect(refused.result()).rejects.toThrow()
})
