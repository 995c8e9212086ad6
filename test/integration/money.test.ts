import { describe, expect, test } from '@jest/globals'
import { implausibleCost, unknownUsage } from '../../src/domain/models/judge-cost.ts'
import { describeRun } from '../../src/domain/results/run-document.ts'
import type { RunRequest } from '../../src/runs/prepare-run.ts'
import type { FakeProviderOptions, Reply } from '../support/fake-provider.ts'
import { keepRuns } from '../support/keep-runs.ts'
import { answers, buildTasks } from '../support/test-bench.ts'

const { run } = keepRuns()

/** Only the first of the test's tasks shows this row. */
const isAboutFirstTask = (messages: readonly { content: string }[]) =>
  messages.some(({ content }) => content.includes('[0,0,0,0]'))

/** Prices of 1 and 2 USD per million tokens: one request of 700 and 60 tokens costs 0.00082. */
const usage = { prompt_tokens: 700, completion_tokens: 60 }
const costUsd = (700 + 2 * 60) / 1e6
const flip: Reply = { text: answers.flip, body: { usage } }
const unreadable: Reply = { status: 200, body: { choices: [{ text: 'no message' }], usage } }

async function runToEnd(options: FakeProviderOptions, change: Partial<RunRequest> = {}) {
  const { numbers, provider } = await run(options, change)
  return { ...numbers, document: describeRun(numbers, Date.now()), requests: provider.requests }
}

const withBudget = (budget_usd: number, tasks = 4, max_concurrent_tasks = 2): Partial<RunRequest> => ({
  samples: 1,
  tasks: buildTasks(tasks),
  controls: { max_concurrent_tasks, save_interval: 10, budget_usd },
})

describe('a charged reply that cannot be read', () => {
  test('is requested three more times; then its sample fails with the reason, and the others continue', async () => {
    const { requests, failures, state, ledger } = await runToEnd(
      { reply: ({ body }) => (isAboutFirstTask(body.messages) ? unreadable : flip) },
      { samples: 1 },
    )
    expect(state).toMatchObject({ state: 'complete', items: { recorded: 2 } })
    expect(failures).toMatchObject([{ reason: expect.stringMatching(/no message in the body.*, 4 times$/) }])
    expect(requests).toHaveLength(4 + 2)
    expect(ledger.cost_usd).toBeCloseTo(6 * costUsd)
  })

  test('stops the run when nothing was ever answered, instead of paying for all of it', async () => {
    const { requests, state } = await runToEnd({ reply: () => unreadable }, { samples: 1, tasks: buildTasks(12) })
    expect(state).toMatchObject({ state: 'failed', reason: expect.stringContaining('was ever answered') })
    expect(requests.length).toBeLessThanOrEqual(5 * 4)
  })
})

describe('a budget', () => {
  test('holds for every request, whatever comes back, and the run says that it was reached', async () => {
    const budget = 0.012
    const dear = { status: 200, body: { choices: [], usage: { prompt_tokens: 1_500, completion_tokens: 900 } } }
    const { requests, state, document, failures } = await runToEnd({ reply: () => dear }, withBudget(budget))
    expect(state).toMatchObject({ state: 'budget-reached' })
    expect(failures).toEqual([])
    expect(document.cost_at_most_usd).toBeLessThanOrEqual(budget)
    expect((requests.length * (1_500 + 2 * 900)) / 1e6).toBeLessThanOrEqual(budget)
  })

  test('counts every request as dear as the first that cost more than its maximum', async () => {
    const dear: Reply = { text: answers.flip, body: { usage: { ...usage, cost: 0.02 } } }
    const { requests, state, document } = await runToEnd({ reply: () => dear }, withBudget(0.09, 12, 1))
    expect(state.state).toBe('budget-reached')
    expect(requests).toHaveLength(4)
    expect(document.cost_usd).toBeCloseTo(0.08)
  })

  test.each<[string, unknown]>([
    ['is missing', undefined],
    ['is negative', { prompt_tokens: -700, completion_tokens: -60 }],
    ['reports an impossible cost', { ...usage, cost: 1e308 }],
    ['reports a negative cost', { ...usage, cost: -1 }],
  ])(
    'counts a request at its maximum cost when usage %s',
    async (_, given) => {
      const { document, state } = await runToEnd(
        { reply: () => ({ text: answers.flip, body: { usage: given } }) },
        withBudget(0.02, 12),
      )
      expect(state.state).toBe('budget-reached')
      expect(document).toMatchObject({ cost_usd: null, cost_at_least_usd: 0 })
      expect(document.cost_at_most_usd).toBeGreaterThan(0)
      expect(document.cost_at_most_usd).toBeLessThanOrEqual(0.02)
      expect(document.warnings[0]).toMatch(new RegExp(`${implausibleCost}|${unknownUsage}`))
    },
    90_000,
  )
})
