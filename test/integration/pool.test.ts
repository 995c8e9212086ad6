import { afterEach, expect, test } from '@jest/globals'
import { startRun } from '../../src/client/start-run.ts'
import { describeRun } from '../../src/domain/results/run-document.ts'
import { readNumbers } from '../../src/runs/read-numbers.ts'
import { startFakeProvider, type FakeProvider, type RecordedRequest } from '../support/fake-provider.ts'
import { keepTestBench } from '../support/keep-test-bench.ts'
import { answers, buildModel, buildRun, buildTasks } from '../support/test-bench.ts'

const bench = keepTestBench()
const servers: FakeProvider[] = []
afterEach(() => Promise.all(servers.splice(0).map((server) => server.close())))

async function serve(port = 0): Promise<FakeProvider> {
  const server = await startFakeProvider({ port, latencyMs: 300, reply: () => ({ text: answers.flip }) })
  servers.push(server)
  return server
}

const placesPerServer = 3

/** The largest number of requests that one server had at once. */
function countMost(requests: readonly RecordedRequest[]): number {
  const inside = ({ receivedAtMs: atMs }: RecordedRequest) =>
    requests.filter((each) => each.receivedAtMs <= atMs && (each.answeredAtMs ?? Infinity) > atMs).length
  return Math.max(0, ...requests.filter(({ aborted }) => !aborted).map(inside))
}

test('200 calls to three servers, of which one dies and comes back, are all answered', async () => {
  const [mortal, second, third] = [await serve(), await serve(), await serve()]
  const baseUrls = [mortal, second, third].map(({ url }) => url)
  const model = buildModel(mortal.url, { baseUrls, limits: { concurrentRequests: placesPerServer } })
  const run = buildRun(mortal.url, {
    model,
    tasks: buildTasks(20),
    samples: 10,
    controls: { max_concurrent_tasks: 4, save_interval: 10, budget_usd: null },
  })
  const { folder } = await startRun(bench.opening, bench.store, run)

  await mortal.waitUntil((requests) => requests.filter(({ answeredAtMs }) => answeredAtMs !== undefined).length >= 10)
  await mortal.close()
  const askedBefore = second.requests.length
  await second.waitUntil((requests) => requests.length >= askedBefore + 10)
  const reborn = await serve(Number(new URL(mortal.url).port))

  await bench.client.workflow.getHandle(folder.runId).result()
  const document = describeRun(await readNumbers(folder), Date.now())
  expect(document).toMatchObject({ state: 'complete', samples: { stored: 200, repaid: 0 }, requests: { rejected: 0 } })
  expect(document.failed_items).toEqual([])
  // Those in flight when it died, and one or two that were sent to see whether it lives.
  expect(document.requests.failed).toBeLessThanOrEqual(placesPerServer + 3)
  expect(reborn.requests.length).toBeGreaterThan(1)
  expect(Object.keys(document.served?.base_urls ?? {}).sort()).toEqual(baseUrls.toSorted())
  expect(Object.values(document.served?.base_urls ?? {}).reduce((sum, samples) => sum + samples, 0)).toBe(200)
  for (const { requests } of [second, third]) expect(countMost(requests)).toBeLessThanOrEqual(placesPerServer)
}, 240_000)
