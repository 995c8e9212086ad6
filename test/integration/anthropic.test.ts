import { readFile } from 'node:fs/promises'
import { expect, test } from '@jest/globals'
import { startRun } from '../../src/client/start-run.ts'
import { describeRun } from '../../src/domain/results/run-document.ts'
import { readNumbers } from '../../src/runs/read-numbers.ts'
import type { RecordedRequest, Reply } from '../support/fake-provider.ts'
import { keepProviders } from '../support/keep-providers.ts'
import { keepTestBench } from '../support/keep-test-bench.ts'
import { answers, buildModel, buildRun, buildTasks } from '../support/test-bench.ts'

const bench = keepTestBench({ environment: { ANTHROPIC_API_KEY: 'sk-ant-0123456789abcdef' } })
const serve = keepProviders()

async function readFixture(name: string): Promise<object> {
  const url = new URL(`../../src/domain/providers/fixtures/anthropic/${name}.json`, import.meta.url)
  return JSON.parse(await readFile(url, 'utf8')) as object
}

/** Runs the code recipe against a server that speaks Anthropic's Messages API. */
async function complete(reply: (request: RecordedRequest) => Reply, tasks = 1, rounds = 1) {
  const provider = await serve({ reply })
  const model = buildModel(`${provider.url}/messages`, {
    provider: 'anthropic',
    id: 'claude-sonnet-5-5',
    apiKeyVariable: 'ANTHROPIC_API_KEY',
  })
  const run = buildRun(provider.url, {
    model,
    sampling: { reasoningEffort: 'high' },
    tasks: buildTasks(tasks),
    samples: 1,
    rounds,
  })
  const { folder } = await startRun(bench.opening, bench.store, run)
  await bench.client.workflow
    .getHandle(folder.runId)
    .result()
    .catch(() => undefined)
  const numbers = await readNumbers(folder)
  const stored = await Promise.all((await folder.listAnswers()).map((key) => folder.readAnswer(key)))
  return { provider, folder, stored, document: describeRun(numbers, Date.now()) }
}

const isSecondRound = ({ body }: RecordedRequest) => body.messages.some(({ role }) => role === 'assistant')

test('two rounds, the first with an overloaded provider', async () => {
  const thinking = await readFixture('thinking')
  const overloaded = await readFixture('overloaded')
  const write = (text: string): Reply => ({
    status: 200,
    headers: { 'request-id': 'req_018EeWyXxfu5pfWkrYcMdjWG' },
    body: {
      ...thinking,
      content: [
        { type: 'thinking', thinking: 'Let me see.', signature: 'c2lnbmVk' },
        { type: 'redacted_thinking', data: 'aGlkZGVu' },
        { type: 'text', text },
      ],
    },
  })
  const { provider, document, stored } = await complete(
    (request) => {
      if (request.nth === 0) return { status: 529, body: overloaded }
      return write(isSecondRound(request) ? answers.flip : answers.same)
    },
    1,
    2,
  )

  expect(provider.requests).toHaveLength(3)
  expect(provider.requests[1]).toMatchObject({
    path: '/v1/messages',
    headers: { 'x-api-key': 'sk-ant-0123456789abcdef', 'anthropic-version': '2023-06-01' },
    body: {
      model: 'claude-sonnet-5-5',
      max_tokens: 32_000,
      thinking: { type: 'adaptive' },
      output_config: { effort: 'high' },
      system: [{ cache_control: { type: 'ephemeral' } }],
      messages: [{ role: 'user' }],
    },
  })
  expect(provider.requests[1]?.headers).not.toHaveProperty('authorization')
  expect(provider.requests[2]?.body.messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'user'])

  expect(document.state).toBe('complete')
  expect(stored).toHaveLength(2)
  for (const answer of stored) {
    expect(answer.request_id).toBe('req_018EeWyXxfu5pfWkrYcMdjWG')
    expect(answer.usage).toEqual({ prompt_tokens: 1820, completion_tokens: 700 })
    expect(answer.cost_usd).toBeCloseTo((1820 * 1 + 700 * 2) / 1e6)
    expect(answer.response).toMatchObject({ content: [{ signature: 'c2lnbmVk' }, { data: 'aGlkZGVu' }, {}] })
  }
}, 120_000)

test('a refusal is an outcome, and nothing is asked again', async () => {
  const refusal = await readFixture('refusal')
  const { provider, folder } = await complete(() => ({ status: 200, body: refusal }))
  expect(provider.requests).toHaveLength(1)
  const [item] = await folder.listItems()
  const record = await folder.findRecord(item?.key ?? '')
  expect(record?.samples[0]?.rounds[0]?.outcomes).toEqual(['refused'])
}, 120_000)

test('the monthly spending cap stops the run, although it looks like a rate limit', async () => {
  const capped = await readFixture('spend-cap')
  const { provider, document } = await complete(() => ({ status: 429, body: capped }))
  expect(provider.requests).toHaveLength(1)
  expect(document.state).not.toBe('complete')
  expect(document.reason).toContain('monthly API usage threshold')
}, 120_000)
