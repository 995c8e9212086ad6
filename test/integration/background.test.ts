import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from '@jest/globals'
import type { ReadLedgerLine } from '../../src/domain/runs/ledger-lines.ts'
import { createBackgroundCalls, type BackgroundCallsOptions } from '../support/background-calls.ts'
import type { RecordedRequest } from '../support/fake-provider.ts'
import { keepRuns } from '../support/keep-runs.ts'
import { answers, buildModel, buildTasks } from '../support/test-bench.ts'

const { bench, start, ended, reopened, steer, serve } = keepRuns()

const wide = { max_concurrent_tasks: 10, save_interval: 100, budget_usd: null }

/** A run of a model that answers in the background: one sample of each task. */
async function begin(calls: Partial<BackgroundCallsOptions>, tasks = 2, rounds = 1) {
  const kept = createBackgroundCalls({ durationMs: 200, text: answers.flip, reasoning: 'Rows turn.', ...calls })
  const { url } = await serve({ reply: kept.reply })
  const model = buildModel(url, { provider: 'openai', id: 'o3', api: 'responses' })
  const run = { model, samples: 1, rounds, tasks: buildTasks(tasks), controls: wide }
  const started = await start({}, run)
  return { ...started, calls: kept.calls, url }
}

async function readLines(runId: string): Promise<readonly ReadLedgerLine[]> {
  return [...(await (await bench.store.openRun(runId)).readLedger())]
}

/** Waits for a moment that no request marks. */
async function until(ready: () => boolean): Promise<void> {
  while (!ready()) await sleep(50)
}

describe('a run of a model that answers in the background', () => {
  test('notes each call before it waits for it, and stores its answer', async () => {
    const { runId, calls } = await begin({})
    const { state, ledger, answers: stored } = await ended(runId)
    expect(state.state).toBe('complete')
    expect(stored).toBe(2)
    expect(ledger).toMatchObject({ sent: 2, failed: 0, repaid: 0 })
    const lines = await readLines(runId)
    const accepted = lines.flatMap((line) => (line.type === 'accepted' ? [line] : []))
    expect(accepted.map(({ by }) => by)).toEqual(['background', 'background'])
    expect(new Set(accepted.map(({ provider_id }) => provider_id))).toEqual(new Set(calls.keys()))
    for (const { request } of accepted) {
      const types = lines.flatMap((line) => ('request' in line && line.request === request ? [line.type] : []))
      expect(types).toEqual(['sent', 'accepted', 'settled'])
    }
  })

  test('sends the reply of an earlier round back whole', async () => {
    const { runId, calls } = await begin({ text: answers.same }, 1, 2)
    expect((await ended(runId)).state.state).toBe('complete')
    const [first, second] = [...calls.values()].map(({ request }) => request.body['input'] as { type?: string }[])
    expect(first?.some(({ type }) => type === 'reasoning')).toBe(false)
    expect(second?.slice(0, first?.length)).toEqual(first)
    expect(second?.slice(first?.length)).toEqual([
      expect.objectContaining({ type: 'reasoning', summary: [{ type: 'summary_text', text: 'Rows turn.' }] }),
      expect.objectContaining({ type: 'message', role: 'assistant' }),
      expect.objectContaining({ role: 'user' }),
    ])
  })

  test('that is cancelled ends its calls at the provider', async () => {
    const { runId, calls } = await begin({ durationMs: 600_000 })
    await until(() => calls.size === 2)
    await steer(runId, 'cancel')
    const { state, ledger } = await ended(runId)
    expect(state.state).toBe('cancelled')
    expect([...calls.values()].every(({ isCancelled }) => isCancelled)).toBe(true)
    expect(ledger).toMatchObject({ sent: 2, failed: 2 })
  })

  test('that is interrupted lets its calls finish', async () => {
    const { runId, calls } = await begin({ durationMs: 3_000 })
    await until(() => calls.size === 2)
    await steer(runId, 'interrupt')
    const { state, answers: stored } = await ended(runId)
    expect(state.state).not.toBe('cancelled')
    expect(stored).toBe(2)
    expect([...calls.values()].some(({ isCancelled }) => isCancelled)).toBe(false)
  })
})

test('a key that stops working while calls are waited for stops the run, which fetches their answers when it is resumed', async () => {
  let isRefused = true
  const refusal = { status: 401, body: { error: { message: 'Incorrect API key provided' } } }
  const disturb = ({ method }: RecordedRequest) => (method === 'GET' && isRefused ? refusal : undefined)
  const { runId, calls } = await begin({ disturb })
  const stopped = await ended(runId)
  expect(stopped.state).toMatchObject({
    state: 'failed',
    reason: expect.stringContaining('Incorrect API key provided'),
  })
  isRefused = false
  const { state, ledger } = await reopened(runId)
  expect(state.state).toBe('complete')
  expect(calls.size).toBe(2)
  expect(ledger).toMatchObject({ sent: 2, stored: 2, failed: 0 })
})

/** A provider that does not cancel: its calls are left without a fate, as by a worker that dies. */
const refusesToCancel = ({ path }: RecordedRequest) =>
  path.endsWith('/cancel') ? { status: 500, body: { error: { message: 'no' } } } : undefined

describe('calls that a run left at the provider', () => {
  async function leave(calls: Partial<BackgroundCallsOptions>) {
    const begun = await begin({ ...calls, disturb: calls.disturb ?? refusesToCancel })
    await until(() => begun.calls.size === 2)
    await steer(begun.runId, 'cancel')
    expect((await ended(begun.runId)).answers).toBe(0)
    return begun
  }

  test('are fetched when it is resumed, and nothing is asked again', async () => {
    const { runId, calls } = await leave({ durationMs: 8_000 })
    const { state, ledger } = await reopened(runId)
    expect(state.state).toBe('complete')
    expect(calls.size).toBe(2)
    expect(ledger).toMatchObject({ sent: 2, stored: 2, repaid: 0, failed: 0 })
  })

  test('are asked for again if the provider has lost them, and the log says so', async () => {
    const { runId, calls } = await leave({ durationMs: 8_000, forgets: ({ request }) => request.nth < 2 })
    const { state, ledger } = await reopened(runId)
    expect(state.state).toBe('complete')
    expect(calls.size).toBe(4)
    expect(ledger).toMatchObject({ sent: 4, stored: 2, failed: 2 })
    const reasons = (await readLines(runId)).flatMap((line) => ('reason' in line ? line.reason : []))
    expect(reasons).toEqual(
      Array(2).fill(expect.stringMatching(/^OpenAI has lost an answer.*Response with id 'resp_\d' not found/)),
    )
  })
})
