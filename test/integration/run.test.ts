import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import type { NewRun } from '../../src/adapters/stores/run-store.ts'
import { reopenRun } from '../../src/client/reopen-run.ts'
import { startRun } from '../../src/client/start-run.ts'
import { nameTaskQueues } from '../../src/domain/runs/task-queues.ts'
import { nameTaskWorkflow } from '../../src/domain/runs/workflow-ids.ts'
import type { RunRequest } from '../../src/runs/prepare-run.ts'
import type { FakeProvider } from '../support/fake-provider.ts'
import { keepRuns } from '../support/keep-runs.ts'
import { answers, buildRun, buildTasks } from '../support/test-bench.ts'

const { bench, serve, start, ended, reopened, steer, readResults } = keepRuns()

/** Only the first of the test's tasks shows this row. */
const isAboutFirstTask = (messages: readonly { content: string }[]) =>
  messages.some(({ content }) => content.includes('[0,0,0,0]'))

const flip = { text: answers.flip }
/** A change of window and size for runs that are stopped in the middle. */
const wide = {
  tasks: buildTasks(12),
  samples: 2,
  controls: { max_concurrent_tasks: 4, save_interval: 3, budget_usd: null },
}

test('an item started for a run of an earlier version, without an opening, has every sample asked for', async () => {
  const { url } = await serve({ reply: () => flip })
  const made = buildRun(url, { tasks: buildTasks(1), samples: 2 })
  const runId = made.run.run_id
  const folder = await bench.store.createRun(made)
  const item = { key: 'task-0000', taskId: 'task-0000', testPairs: [null], mostUsd: null }
  const labels = { kind: 'benchmark', model: 'FAKE', searchAttributes: false }
  const queues = nameTaskQueues(bench.opening.storeId, 'auto')
  const input = { runId, item, queues, labels, samples: 2, rounds: 1, paused: false }
  const workflowId = nameTaskWorkflow(runId, item.key)
  const ending: unknown = await bench.client.workflow.execute('task', {
    workflowId,
    taskQueue: queues.runs,
    args: [input],
  })
  expect(ending).toMatchObject({ outcome: 'solved' })
  expect((await folder?.findRecord(item.key))?.samples).toHaveLength(2)
})

describe('a code benchmark', () => {
  test('asks for, runs, records and saves every sample of every task', async () => {
    const { runId, provider } = await start(
      { reply: ({ body }) => ({ text: body['seed'] === 0 ? answers.flip : answers.same }) },
      { sampling: { seed: 0 } },
    )
    const numbers = await ended(runId)
    expect(numbers.state).toMatchObject({ state: 'complete', items: { total: 3, recorded: 3, failed: 0 } })
    expect(provider.requests).toHaveLength(6)
    expect(numbers.answers).toBe(6)
    expect(numbers.ledger).toMatchObject({ sent: 6, failed: 0, rejected: 0, repaid: 0 })
    expect(numbers.counts).toMatchObject({ verdicts: { correct: 3, wrong: 3 }, outcomes: { answered: 6 } })
    expect(numbers.counts.solved).toHaveLength(3)
    const { metadata, results } = await readResults(numbers)
    expect(metadata).toMatchObject({ status: 'complete', tasks_submitted: 3, verification_passed: 3 })
    expect(metadata).toMatchObject({ provenance: { addresses: [provider.url], baseline_seconds: null } })
    expect(results).toHaveLength(3)
    for (const entry of results) {
      for (const field of [
        'python_code',
        'reasoning',
        'prompt_messages',
        'verification_success',
        'usage',
        'outcomes',
      ]) {
        expect(entry[field]).toHaveLength(2)
      }
    }
  })

  test('recognises every kind of answer', async () => {
    const texts = [answers.flip, answers.same, answers.broken, answers.none]
    const { runId } = await start(
      { reply: (_, nth) => ({ text: texts[nth] ?? '' }) },
      { tasks: buildTasks(1), samples: 4 },
    )
    const { counts } = await ended(runId)
    expect(counts.verdicts).toEqual({ correct: 1, wrong: 1, error: 1 })
    expect(counts.outcomes).toEqual({ answered: 3, unparseable: 1 })
  })

  test('sends each sample its own seed when it was given one', async () => {
    const { runId, provider } = await start({}, { tasks: buildTasks(1), samples: 3, sampling: { seed: 7 } })
    await ended(runId)
    expect(new Set(provider.requests.map((request) => request.body['seed']))).toEqual(new Set([7, 8, 9]))
  })

  test('retries after a rate limit and a broken body, and counts the failures', async () => {
    const { runId } = await start(
      {
        script: [
          { status: 429, body: { error: { message: 'slow' } }, headers: { 'retry-after-ms': '10' } },
          { broken: true },
        ],
      },
      { tasks: buildTasks(1), samples: 1 },
    )
    const numbers = await ended(runId)
    expect(numbers.state.state).toBe('complete')
    expect(numbers.ledger).toMatchObject({ sent: 3, failed: 2, repaid: 0 })
    expect(numbers.answers).toBe(1)
  })

  test('records a request that the provider rejects as the result of that sample', async () => {
    const tooLong = { error: { message: 'maximum context length is 10', code: 'context_length_exceeded' } }
    const { runId } = await start(
      { script: [{ status: 400, body: tooLong }], reply: () => flip },
      { tasks: buildTasks(1), samples: 2 },
    )
    const numbers = await ended(runId)
    expect(numbers.state.state).toBe('complete')
    expect(numbers.counts.outcomes).toEqual({ answered: 1, rejected: 1 })
    expect(numbers.ledger.rejected).toBe(1)
    expect((await readResults(numbers)).results[0]).toMatchObject({ best_of: 2 })
  })

  test('stops once, with the provider’s message, when no request can succeed', async () => {
    const refusal = { status: 401, body: { error: { message: 'Incorrect API key provided' } } }
    const { runId, provider } = await start({ reply: () => refusal }, wide)
    const numbers = await ended(runId)
    expect(numbers.state).toMatchObject({ state: 'failed', reason: expect.stringContaining('Incorrect API key') })
    expect(provider.requests.length).toBeLessThanOrEqual(8)
    expect(numbers.failures).toEqual([])
  })

  test('continues to its end after it was stopped and the key was fixed', async () => {
    let mended = false
    const refusal = { status: 401, body: { error: { message: 'no' } } }
    const { runId } = await start({ reply: () => (mended ? flip : refusal) })
    expect((await ended(runId)).state.state).toBe('failed')
    mended = true
    expect((await reopened(runId)).state).toMatchObject({ state: 'complete', reason: null })
  })

  test('fails only the item that never gets a usable reply, and does it again on retry', async () => {
    let mended = false
    const empty = { text: '', body: { usage: { prompt_tokens: 5, completion_tokens: 0 } } }
    const { runId, provider } = await start({
      reply: ({ body }) => (!mended && isAboutFirstTask(body.messages) ? empty : flip),
    })
    const failed = await ended(runId)
    expect(failed.state).toMatchObject({ state: 'complete' })
    expect(failed.failures.length).toBeGreaterThan(0)
    expect(failed.state.items.recorded + failed.failures.length).toBe(3)
    mended = true
    const before = provider.requests.length
    const numbers = await reopened(runId, 'failed')
    expect(numbers.state).toMatchObject({ state: 'complete', items: { recorded: 3, failed: 0 } })
    expect(numbers.failures).toEqual([])
    expect(provider.requests.length - before).toBe(failed.failures.length * 2)
  })
})

describe('the history of a task', () => {
  const listEvents = async (runId: string, item: string) => {
    const { events = [] } = await bench.client.workflow.getHandle(nameTaskWorkflow(runId, item)).fetchHistory()
    return events ?? []
  }

  test('of plain best-of-N has one activity per sample, one for their programs and one for the end', async () => {
    const { runId } = await start({ reply: () => flip }, { tasks: buildTasks(1), samples: 1 })
    await ended(runId)
    const events = await listEvents(runId, 'task-0000')
    const activities = events.flatMap(
      ({ activityTaskScheduledEventAttributes: event }) => event?.activityType?.name ?? [],
    )
    expect(activities).toEqual(['ask', 'verify', 'decide'])
    // As many as before there were solvers: a workflow task follows each activity, and none is added.
    expect(events).toHaveLength(24)
  })
})

describe('an open run', () => {
  test('that is interrupted stores what is in flight, saves, and completes when resumed', async () => {
    const { runId, provider } = await start({ reply: () => flip, latencyMs: 300 }, wide)
    await provider.waitUntil((requests) => requests.length >= 10)
    await steer(runId, 'interrupt')
    const interrupted = await ended(runId)
    expect(interrupted.state).toMatchObject({ state: 'interrupted', ending: null })
    expect(interrupted.state.results_file).toMatch(/_interrupted\.json$/)
    expect(interrupted.failures).toEqual([])
    expect(provider.requests.some((request) => request.aborted)).toBe(false)
    expect(interrupted.answers).toBe(provider.requests.length)
    expect(interrupted.answers).toBeLessThan(24)

    const complete = await reopened(runId)
    expect(complete.state).toMatchObject({ state: 'complete', items: { recorded: 12 } })
    expect(provider.requests).toHaveLength(24)
    expect(complete.ledger).toMatchObject({ sent: 24, repaid: 0 })
    expect((await readResults(complete)).results).toHaveLength(12)
  })

  test('that is cancelled cuts off what is in flight and keeps what is stored', async () => {
    const { runId, provider } = await start(
      {
        reply: (_, nth) => (nth < 6 ? flip : { hang: true }),
      },
      wide,
    )
    await provider.waitUntil((requests) => requests.length >= 10)
    await steer(runId, 'cancel')
    const cancelled = await ended(runId)
    expect(cancelled.state).toMatchObject({ state: 'cancelled', ending: null })
    expect(cancelled.answers).toBe(6)
    await provider.waitUntil((requests) => requests.filter((request) => request.aborted).length === requests.length - 6)
  })

  test('that is interrupted and then cancelled cuts off what it was waiting for', async () => {
    const { runId, provider } = await start({ reply: () => ({ hang: true }) })
    await provider.waitUntil((requests) => requests.length >= 4)
    await steer(runId, 'interrupt')
    await steer(runId, 'cancel')
    expect((await ended(runId)).state.state).toBe('cancelled')
  })

  test('that is paused sends nothing new until it is unpaused', async () => {
    const { runId, provider, folder } = await start({ reply: () => flip, latencyMs: 100 }, wide)
    await provider.waitUntil((requests) => requests.length >= 4)
    await steer(runId, 'pause')
    while ((await folder.readState()).state !== 'paused') await new Promise((resolve) => setTimeout(resolve, 20))
    await provider.waitUntil((requests) => requests.every((request) => request.answeredAtMs !== undefined))
    const sent = provider.requests.length
    expect(sent).toBeLessThan(24)
    await new Promise((resolve) => setTimeout(resolve, 1_000))
    expect(provider.requests).toHaveLength(sent)
    await steer(runId, 'unpause')
    expect((await ended(runId)).state.state).toBe('complete')
    expect(provider.requests).toHaveLength(24)
  })

  test('never has more items open than its window allows', async () => {
    let open = 0
    let most = 0
    const full = Promise.withResolvers<void>()
    const { runId } = await start(
      {
        reply: async () => {
          most = Math.max(most, ++open)
          // On a busy machine the first would be answered before the next is asked.
          if (open === 3) full.resolve()
          await full.promise
          await new Promise((resolve) => setTimeout(resolve, 50))
          open -= 1
          return flip
        },
      },
      { ...wide, samples: 1, controls: { ...wide.controls, max_concurrent_tasks: 3 } },
    )
    await ended(runId)
    expect(most).toBe(3)
  })

  test('stops before it could cost more than its budget, and continues with a larger one', async () => {
    const usage = { usage: { prompt_tokens: 1_000, completion_tokens: 1_000 } }
    const { runId, folder } = await start(
      { reply: () => ({ text: answers.flip, body: usage }) },
      { ...wide, controls: { ...wide.controls, budget_usd: 0.03 } },
    )
    const stopped = await ended(runId)
    expect(stopped.state.state).toBe('budget-reached')
    expect(stopped.ledger.cost_usd).toBeLessThanOrEqual(0.03)
    expect(stopped.counts.recorded).toBeGreaterThan(0)
    await reopenRun(bench.opening, folder, { budget_usd: 10 })
    expect((await ended(runId)).state.state).toBe('complete')
  })
})

describe('a run with a long history', () => {
  const opening = () => ({ ...bench.opening, maxEvents: 60 })
  /** Every history begins with a plan. */
  const countHistories = async (runId: string) => {
    const log = await readFile(join(bench.config.dataDir, 'runs', runId, 'run.log'), 'utf8')
    return log.split('\n').filter((line) => line.includes('"activity":"plan"')).length
  }

  test('continues as new, and asks for nothing twice', async () => {
    const provider = await serve({ reply: () => flip })
    const run = buildRun(provider.url, wide)
    const { folder } = await startRun(opening(), bench.store, run)
    const numbers = await ended(folder.runId)
    expect(numbers.state).toMatchObject({ state: 'complete', items: { recorded: 12 } })
    expect(provider.requests).toHaveLength(24)
    expect((await readResults(numbers)).results).toHaveLength(12)
    expect(await countHistories(folder.runId)).toBeGreaterThan(1)
  })

  test('does not retry in the new execution what failed in the old one', async () => {
    const empty = { text: '', body: { usage: { prompt_tokens: 5, completion_tokens: 0 } } }
    const provider = await serve({ reply: ({ body }) => (isAboutFirstTask(body.messages) ? empty : flip) })
    const { folder } = await startRun(opening(), bench.store, buildRun(provider.url, { ...wide, samples: 1 }))
    const { failures, state } = await ended(folder.runId)
    expect(state.state).toBe('complete')
    expect(failures).toHaveLength(1)
    expect(provider.requests.filter(({ body }) => isAboutFirstTask(body.messages))).toHaveLength(4)
  })
})

test.each([
  ['recipe', { prompt_hash: 'hash of other words' }],
  // The hash of a single round contains nothing about it.
  ['feedback', { rounds: 2 }],
])(
  'a run with a different %s is not mixed with what is sent today',
  async (_, change) => {
    const provider = await serve({ reply: () => flip })
    const { run, ...rest } = buildRun(provider.url)
    const specification = { ...run.specification, ...change }
    const old = { ...rest, run: { ...run, specification } as typeof run }
    await startRun(bench.opening, bench.store, old)
    const { state } = await ended(run.run_id)
    expect(state).toMatchObject({
      state: 'failed',
      reason: expect.stringContaining('has changed since this run was started'),
    })
    expect(provider.requests).toEqual([])
  },
  30_000,
)

describe('a name that is taken', () => {
  const named = (provider: FakeProvider, name: string, change: Partial<RunRequest> = {}): NewRun =>
    buildRun(provider.url, { name, ...change })

  test('attaches when the run asks the same, and buys nothing twice', async () => {
    const provider = await serve({ reply: () => flip, latencyMs: 200 })
    await startRun(bench.opening, bench.store, named(provider, 'same'))
    expect((await startRun(bench.opening, bench.store, named(provider, 'same'))).how).toBe('attached')
    await ended('same')
    expect((await startRun(bench.opening, bench.store, named(provider, 'same'))).how).toBe('complete')
    expect(provider.requests).toHaveLength(6)
  })

  test('is refused with the difference when it asks something else', async () => {
    const provider = await serve({ reply: () => flip })
    await startRun(bench.opening, bench.store, named(provider, 'other'))
    await expect(startRun(bench.opening, bench.store, named(provider, 'other', { samples: 3 }))).rejects.toThrow(
      /samples: 2, not 3/,
    )
    await ended('other')
  })
})

describe('the sandbox', () => {
  test('is named in each record, and lets none of its attacks into it', async () => {
    const { runId, folder, run } = await start({ reply: () => flip }, { samples: 1, tasks: buildTasks(1) })
    await ended(runId)
    const record = await folder.findRecord(run.items[0]?.key ?? '')
    expect(record?.samples[0]?.rounds[0]?.sandbox).toMatchObject({ level: 'bwrap', numpyVersion: expect.any(String) })
  })

  test('can be switched off when the user insists: programs answer the same, and the report says so', async () => {
    const { runId, folder } = await start({ reply: () => flip }, { sandbox: 'none', samples: 1, tasks: buildTasks(2) })
    const { counts } = await ended(runId)
    expect(counts).toMatchObject({ verdicts: { correct: 2 }, sandboxes: [{ level: 'none', landlock: '0' }] })
    const report = await readFile(join(bench.config.dataDir, 'runs', folder.runId, 'report.md'), 'utf8')
    expect(report).toContain('without a sandbox')
  })
})
