import { expect, test } from '@jest/globals'
import { reopenRun } from '../../src/client/reopen-run.ts'
import { startRun } from '../../src/client/start-run.ts'
import { steerRun } from '../../src/client/steer-run.ts'
import type { RunRequest } from '../../src/runs/prepare-run.ts'
import { readNumbers } from '../../src/runs/read-numbers.ts'
import { closeAfterEach } from '../support/close-after-each.ts'
import { startFakeBatches, type BatchedLine, type FakeBatchesOptions } from '../support/fake-batches.ts'
import { keepTestBench } from '../support/keep-test-bench.ts'
import { answers, buildModel, buildRun, buildTasks } from '../support/test-bench.ts'

const bench = keepTestBench()
const closeAfter = closeAfterEach()

const inBatches = { max_concurrent_tasks: 4, save_interval: 10, budget_usd: null, batch: 'batch' } as const

async function start(options: FakeBatchesOptions, change: Partial<RunRequest> = {}) {
  const provider = await closeAfter(startFakeBatches(options))
  const made = buildRun(provider.url, {
    model: buildModel(provider.url, { provider: 'openai' }),
    controls: inBatches,
    tasks: buildTasks(3),
    samples: 2,
    ...change,
  })
  const { folder } = await startRun(bench.opening, bench.store, made)
  const ended = async () => {
    await bench.client.workflow
      .getHandle(folder.runId)
      .result()
      .catch(() => undefined)
    return readNumbers(folder)
  }
  return { provider, folder, ended }
}

test('all first questions go into one batch, which costs half, and their answers are found under the keys of single requests', async () => {
  const { provider, folder, ended } = await start({ outcome: () => ({ text: answers.flip }) })
  const numbers = await ended()
  expect(numbers.state).toMatchObject({ state: 'complete', items: { recorded: 3, failed: 0 } })
  expect(provider.batches.map(({ lines }) => lines.length)).toEqual([6])
  expect(provider.alone).toEqual([])
  expect(numbers.counts.solved).toHaveLength(3)
  // 100 tokens at $1 and 10 at $2 a million, halved, six times.
  expect(numbers.ledger.cost_usd).toBeCloseTo((6 * 120e-6) / 2, 12)
  const [id = ''] = await folder.listBatches()
  expect(await folder.readBatch(id)).toMatchObject({ state: 'collected', requests: 6, provider_id: 'batch_0' })
})

test('a request that stops the run does not keep the answers after it from being stored', async () => {
  const { folder, ended } = await start(
    {
      outcome: ({ custom_id }) =>
        custom_id.endsWith('-000000') ? { status: 401, error: { message: 'no such key' } } : { text: answers.flip },
      hasEnded: () => true,
    },
    { tasks: buildTasks(20), samples: 2 },
  )
  const numbers = await ended()
  expect(numbers.state).toMatchObject({ state: 'failed' })
  expect(numbers.state.reason).toContain('no such key')
  expect(numbers.ledger).toMatchObject({ stored: 39, failed: 1, unsettled_usd: 0 })
  expect(await folder.countAnswers()).toBe(39)
})

const isAboutFirst = (line: BatchedLine) => line.body.messages.some(({ content }) => content.includes('[0,0,0,0]'))

test('a request that expires in every batch is given up after three, and the others go on', async () => {
  const { provider, ended } = await start({
    outcome: (line) => (isAboutFirst(line) ? 'expired' : { text: answers.flip }),
    hasEnded: () => true,
  })
  const numbers = await ended()
  expect(provider.batches.map(({ lines }) => lines.length)).toEqual([6, 2, 2])
  expect(numbers.state).toMatchObject({ state: 'complete', items: { recorded: 2, failed: 1 } })
  expect(numbers.failures[0]?.reason).toMatch(/completion window.*It failed in 3 batches/)
  expect(numbers.ledger.unsettled_usd).toBe(0)
})

test('with sync, a request that failed in a batch is asked alone', async () => {
  const { provider, ended } = await start(
    {
      outcome: (line, batch) =>
        batch === 0 && isAboutFirst(line) ? { status: 500, error: { message: 'internal' } } : { text: answers.flip },
      hasEnded: () => true,
    },
    { controls: { ...inBatches, batch: 'sync' } },
  )
  const numbers = await ended()
  expect(numbers.state).toMatchObject({ state: 'complete', items: { recorded: 3, failed: 0 } })
  expect(provider.batches.map(({ lines }) => lines.length)).toEqual([6])
  expect(provider.alone).toHaveLength(2)
})

test('each round of questions is a batch of its own', async () => {
  const { provider, ended } = await start(
    {
      outcome: ({ body }) => ({
        text: body.messages.some(({ role }) => role === 'assistant') ? answers.flip : answers.same,
      }),
      hasEnded: () => true,
    },
    { rounds: 2, samples: 1 },
  )
  const numbers = await ended()
  expect(provider.batches.map(({ lines }) => lines.length)).toEqual([3, 3])
  expect(numbers.counts.solved).toHaveLength(3)
})

test('a batch whose reply was lost is found by its label, and not sent again', async () => {
  const { provider, ended } = await start({
    outcome: () => ({ text: answers.flip }),
    create: (nth) => (nth === 0 ? 'lost' : 'made'),
    hasEnded: () => true,
  })
  const numbers = await ended()
  expect(numbers.state.state).toBe('complete')
  expect(provider.batches).toHaveLength(1)
})

test('where the provider keeps no list, a batch that may have arrived stops the run with what to do', async () => {
  const { provider, ended } = await start({ create: () => 'lost', keepsNoList: true })
  const { state } = await ended()
  expect(state).toMatchObject({ state: 'failed' })
  expect(state.reason).toMatch(/npx arcloom batch .* --id .* --send-again.* npx arcloom resume/)
  expect(provider.batches).toHaveLength(1)
})

test('cancel has the provider end a batch, and stores what was done', async () => {
  const { provider, folder, ended } = await start({
    outcome: () => ({ text: answers.flip }),
    hasEnded: () => false,
  })
  while ((provider.batches[0]?.looks ?? 0) < 1) await new Promise((resolve) => setTimeout(resolve, 50))
  await steerRun(bench.client, folder.runId, 'cancel')
  const numbers = await ended()
  expect(numbers.state.state).toBe('cancelled')
  expect(provider.batches[0]?.status).toBe('cancelled')
  expect(numbers.answers).toBe(3)
  expect(numbers.ledger.unsettled_usd).toBe(0)
})

test('interrupt leaves a batch to the provider, and a resumed run collects it', async () => {
  let isOver = false
  const { provider, folder, ended } = await start({
    outcome: () => ({ text: answers.flip }),
    hasEnded: () => isOver,
  })
  while ((provider.batches[0]?.looks ?? 0) < 1) await new Promise((resolve) => setTimeout(resolve, 50))
  await steerRun(bench.client, folder.runId, 'interrupt')
  expect((await ended()).state.state).toBe('interrupted')
  isOver = true
  await reopenRun(bench.opening, folder, {})
  expect((await ended()).state).toMatchObject({ state: 'complete', items: { recorded: 3 } })
  expect(provider.batches).toHaveLength(1)
})

test('interrupt does not wait for a provider that takes no batch', async () => {
  const { provider, folder, ended } = await start({
    create: () => ({ status: 429, error: { message: 'slow down' } }),
  })
  const tries = () => provider.calls.filter((call) => call === 'POST /v1/batches').length
  while (tries() < 2) await new Promise((resolve) => setTimeout(resolve, 50))
  await steerRun(bench.client, folder.runId, 'interrupt')
  expect((await ended()).state.state).toBe('interrupted')
  expect(provider.batches).toHaveLength(0)
})

test('a batch that fails stops the run at once, and the others stay at the provider', async () => {
  const { provider, ended } = await start({
    outcome: () => ({ text: answers.flip }),
    refuse: ({ lines }, nth) => {
      if (lines.length > 3) return { code: 'token_limit_exceeded', message: 'Enqueued token limit reached' }
      return nth === 1 ? { code: 'invalid_model', message: 'no such model' } : undefined
    },
    hasEnded: () => false,
  })
  const numbers = await ended()
  expect(numbers.state).toMatchObject({ state: 'failed', reason: expect.stringContaining('no such model') })
  expect(provider.batches.map(({ status }) => status)).toEqual(['refused', 'refused', 'working'])
})

test('what the provider refuses as too much goes into smaller batches', async () => {
  const { provider, ended } = await start({
    outcome: () => ({ text: answers.flip }),
    hasEnded: () => true,
    refuse: ({ lines }) =>
      lines.length > 3 ? { code: 'token_limit_exceeded', message: 'Enqueued token limit reached' } : undefined,
  })
  const numbers = await ended()
  expect(numbers.state).toMatchObject({ state: 'complete', items: { recorded: 3, failed: 0 } })
  expect(provider.batches.map(({ lines }) => lines.length)).toEqual([6, 3, 3])
})

test('a budget counts each request at its maximum before a batch is sent, and sends the rest when it knows what those cost', async () => {
  const budget = 0.006
  const { provider, folder, ended } = await start(
    { outcome: () => ({ text: answers.flip }), hasEnded: () => true },
    { controls: { ...inBatches, budget_usd: budget } },
  )
  expect((await ended()).state).toMatchObject({ state: 'complete', items: { recorded: 3, failed: 0 } })
  expect(provider.batches.length).toBeGreaterThan(1)
  expect(provider.batches.flatMap(({ lines }) => lines)).toHaveLength(6)
  for (const id of await folder.listBatches()) {
    const maxima = (await folder.readBatchRequests(id)).map(({ most_usd }) => most_usd ?? Infinity)
    expect(maxima.reduce((sum, usd) => sum + usd, 0)).toBeLessThanOrEqual(budget)
  }
})

test('a budget below the maximum of every request sends no batch', async () => {
  const { provider, ended } = await start(
    { outcome: () => ({ text: answers.flip }), hasEnded: () => true },
    { controls: { ...inBatches, budget_usd: 0.001 } },
  )
  const numbers = await ended()
  expect(numbers.state.state).toBe('budget-reached')
  expect(provider.batches).toEqual([])
  expect(numbers.ledger.known_usd + numbers.ledger.unsettled_usd).toBe(0)
})

test.each(['anthropic', 'openrouter'] as const)('%s takes a batch in its own form', async (provider) => {
  const server = await closeAfter(
    startFakeBatches({
      outcome: (line) => (isAboutFirst(line) ? { status: 400, error: refusal } : { text: answers.flip }),
      create: (nth) => (nth === 0 ? 'lost' : 'made'),
      hasEnded: () => true,
    }),
  )
  const made = buildRun(server.url, {
    model: buildModel(server.url, { provider }),
    controls: inBatches,
    tasks: buildTasks(2),
    samples: 1,
  })
  const { folder } = await startRun(bench.opening, bench.store, made)
  await bench.client.workflow
    .getHandle(folder.runId)
    .result()
    .catch(() => undefined)
  const numbers = await readNumbers(folder)
  expect(numbers.state).toMatchObject({ state: 'complete', items: { recorded: 2, failed: 0 } })
  expect(numbers.ledger).toMatchObject({ rejected: 1, stored: 1 })
  expect(server.batches).toHaveLength(1)
})

const refusal = { type: 'invalid_request_error', message: 'prompt is too long: 9 tokens > 8 maximum' }
