import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { openRunStore } from '../../src/runs/open-run-store.ts'
import type { RecordedRequest, Reply } from '../support/fake-provider.ts'
import { keepProviders } from '../support/keep-providers.ts'
import { startOnStack } from '../support/start-on-stack.ts'
import { answers, buildModel, buildTasks } from '../support/test-bench.ts'
import { openTestStack, type TestStack } from '../support/test-stack.ts'

const items = 2
// Below a request's maximum, and exact as sums.
const lostUsd = 2 ** -11
const answerUsd = 2 ** -10
const answeredUsd = items * answerUsd

let stack: TestStack
beforeAll(async () => {
  stack = await openTestStack()
  await stack.arcloom('up')
})
afterAll(() => stack.close())

const serve = keepProviders()
const pieces = answers.flip.match(/[^]{1,10}/g) ?? []

/** As OpenRouter: the first stream stops in the middle and stays open, and a call that was named has a record of its cost. */
function reply({ path }: RecordedRequest, nth: number): Reply {
  if (path.startsWith('/v1/generation?')) {
    const id = new URL(path, 'http://127.0.0.1').searchParams.get('id')
    return id === 'gen-0'
      ? {
          status: 200,
          body: { data: { id, total_cost: lostUsd, native_tokens_prompt: 90, native_tokens_completion: 7 } },
        }
      : { status: 404, body: { error: { message: `Generation ${id} not found` } } }
  }
  const headers = { 'x-generation-id': `gen-${nth}` }
  const body = { usage: { prompt_tokens: 90, completion_tokens: 20, cost: answerUsd } }
  return nth === 0 ? { stream: pieces.slice(0, 3), end: 'open', headers } : { stream: pieces, headers, body }
}

test('kill -9 of the worker in mid-stream loses one call, the run goes on, and `settle` learns what the call has cost', async () => {
  const { url, requests } = await serve({ reply })
  const runId = await startOnStack(stack, url, {
    model: buildModel(url, { provider: 'openrouter' }),
    tasks: buildTasks(items),
    samples: 1,
    controls: { max_concurrent_tasks: 1, save_interval: items, budget_usd: null },
  })
  const folder = await openRunStore(stack.config, 'test').openRun(runId)
  const isNamed = async () => [...(await folder.readLedger())].some(({ type }) => type === 'accepted')
  while (!(await isNamed())) await sleep(50)
  stack.kill('worker')
  await stack.arcloom('watch', runId)
  const asked = requests.length
  expect(asked).toBe(items + 1)
  const before = await stack.status(runId)
  expect(before).toMatchObject({
    state: 'complete',
    samples: { wanted: items, stored: items, repaid: 1 },
    requests: { sent: items + 1, failed: 0, rejected: 0 },
    verdicts: { correct: items },
    cost_at_least_usd: answeredUsd,
  })
  expect(before.cost_at_most_usd).toBeGreaterThan(answeredUsd)

  const settled = await stack.arcloom('settle', runId, '--json')
  expect(settled).toMatchObject({ code: 0 })
  expect(JSON.parse(settled.stdout)).toMatchObject({
    run_id: runId,
    requests: [{ fate: 'lost', provider_id: 'gen-0', cost_usd: lostUsd, at_most_usd: lostUsd, reason: null }],
    found_usd: lostUsd,
    unknown: 0,
  })
  expect(requests.slice(asked).map(({ method, path }) => `${method} ${path}`)).toEqual(['GET /v1/generation?id=gen-0'])
  expect(await stack.status(runId)).toMatchObject({
    state: 'complete',
    samples: { stored: items, repaid: 1 },
    cost_usd: answeredUsd + lostUsd,
    cost_at_least_usd: answeredUsd + lostUsd,
    cost_at_most_usd: answeredUsd + lostUsd,
  })
  // Nothing else is unknown, so nothing is asked again.
  expect((await stack.arcloom('settle', runId)).stdout).toMatch(/the cost of every request is known/)
})
