import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { createBackgroundCalls } from '../support/background-calls.ts'
import { keepProviders } from '../support/keep-providers.ts'
import { startOnStack } from '../support/start-on-stack.ts'
import { answers, buildModel, buildTasks } from '../support/test-bench.ts'
import { openTestStack, type TestStack } from '../support/test-stack.ts'

const items = 12

let stack: TestStack
beforeAll(async () => {
  stack = await openTestStack()
  await stack.arcloom('up')
})
afterAll(() => stack.close())

const serve = keepProviders()

test('nothing is asked again after kill -9 of the worker and the server, where the provider answers in the background', async () => {
  const { reply, calls } = createBackgroundCalls({ durationMs: 8_000, text: answers.flip })
  const { url } = await serve({ reply })
  const runId = await startOnStack(stack, url, {
    model: buildModel(url, { provider: 'openai', id: 'o3', api: 'responses' }),
    tasks: buildTasks(items),
    samples: 1,
    controls: { max_concurrent_tasks: items, save_interval: items, budget_usd: null },
  })
  while (calls.size < items) await sleep(50)
  expect([...calls.values()].every(({ fetchedAtMs }) => fetchedAtMs === undefined)).toBe(true)
  stack.kill('worker', 'server')
  await stack.arcloom('watch', runId)
  expect(await stack.status(runId)).toMatchObject({
    state: 'complete',
    samples: { wanted: items, stored: items, repaid: 0 },
    requests: { sent: items, failed: 0, rejected: 0 },
    verdicts: { correct: items },
  })
  expect(calls.size).toBe(items)
})
