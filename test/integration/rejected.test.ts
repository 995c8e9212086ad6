import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { reconcileRuns } from '../../src/client/reconcile-runs.ts'
import { reopenRun } from '../../src/client/reopen-run.ts'
import type { RecordedRequest, Reply } from '../support/fake-provider.ts'
import { keepRuns } from '../support/keep-runs.ts'
import { answers, buildTasks } from '../support/test-bench.ts'

const { bench, run, ended, reopened, readResults } = keepRuns()

/** The lines of this run in the partial results file. */
async function readPartial(runId: string) {
  const path = join(bench.config.dataDir, 'benchmark/code_benchmark/code_benchmark_partial_results.jsonl')
  const lines = (await readFile(path, 'utf8')).trim().split('\n')
  const entries = lines.map((line) => JSON.parse(line) as Record<string, unknown>)
  return entries.filter((entry) => entry['run_id'] === runId)
}

const flip: Reply = { text: answers.flip }
const reject = (message: string, status = 400): Reply => ({ status, body: { error: { message } } })
/** Only the first of the test's tasks shows this row. */
const isAboutFirstTask = ({ body }: RecordedRequest) =>
  body.messages.some(({ content }) => content.includes('[0,0,0,0]'))
const many = {
  tasks: buildTasks(40),
  samples: 1,
  controls: { max_concurrent_tasks: 5, save_interval: 3, budget_usd: null },
}

describe('a run in which every request is rejected for the same reason', () => {
  test.each([
    ['400 in words that are not known', 400, 'this model wants something else'],
    ['403', 403, 'This model is not open to your team'],
  ])(
    'stops with the message: %s',
    async (_, status, words) => {
      const { numbers, provider } = await run({ reply: () => reject(words, status) }, many)
      expect(numbers.state).toMatchObject({ state: 'failed', reason: expect.stringContaining(`${status}: ${words}`) })
      expect(provider.requests.length).toBeGreaterThanOrEqual(5)
      expect(provider.requests.length).toBeLessThanOrEqual(12)
      expect(numbers.ledger.rejections).toEqual([{ reason: `${status}: ${words}`, count: provider.requests.length }])
    },
    60_000,
  )

  test.each([
    ['its system message', 400, 'System role not supported', '"systemRole": "user"'],
    ['its temperature', 400, 'temperature must be 1 for this model', '"temperature": false'],
    ['its roles', 400, 'Conversation roles must alternate user/assistant/...', '"systemRole": "user"'],
    ['its roles, by a template that raises', 500, 'Jinja Exception: roles must alternate', '"systemRole": "user"'],
    ['its token limit', 422, 'max_tokens must be at most 4096', '--max-tokens'],
  ])(
    'stops at once where the words name a part of every request, and says what helps: %s',
    async (_, status, words, help) => {
      const { numbers, provider } = await run({ reply: () => reject(words, status) }, many)
      expect(numbers.state).toMatchObject({ state: 'failed', reason: expect.stringContaining(`${status}: ${words}`) })
      expect(numbers.state.reason).toContain(help)
      // Those in flight together.
      expect(provider.requests.length).toBeLessThanOrEqual(5)
    },
    60_000,
  )

  test('goes on where something was answered before, whatever the words name', async () => {
    const reply = (_: RecordedRequest, nth: number) => (nth === 0 ? flip : reject('System role not supported'))
    const controls = { ...many.controls, max_concurrent_tasks: 1 }
    const { numbers } = await run({ reply }, { ...many, tasks: buildTasks(4), controls })
    expect(numbers.state.state).toBe('complete')
    expect(numbers.ledger.rejections).toEqual([{ reason: '400: System role not supported', count: 3 }])
  })

  test('stops although each reply has its own request id', async () => {
    const reply = (_: RecordedRequest, nth: number) => reject(`no system role (request id: req_${nth}abcdef${nth})`)
    const { numbers } = await run({ reply }, many)
    expect(numbers.state.state).toBe('failed')
    expect(numbers.ledger.rejections).toHaveLength(1)
  })

  test('stops after its only sample, too', async () => {
    const { numbers } = await run({ reply: () => reject('no') }, { tasks: buildTasks(1), samples: 1 })
    expect(numbers.state).toMatchObject({ state: 'failed', reason: expect.stringContaining('400: no') })
  })

  test('asks for everything again when it is resumed after the cause is gone', async () => {
    let fixed = false
    const { runId, numbers, provider } = await run({ reply: () => (fixed ? flip : reject('no')) }, many)
    expect(numbers.state.state).toBe('failed')
    fixed = true
    const rejected = provider.requests.length
    const after = await reopened(runId, 'remaining')
    expect(after.state).toMatchObject({ state: 'complete', reason: null, items: { recorded: 40 } })
    expect(after.counts.outcomes).toEqual({ answered: 40 })
    expect(after.ledger).toMatchObject({ rejected, rejections: [], stored: 40 })
    expect(provider.requests.length - rejected).toBe(40)
  })
})

describe('a run in which some requests are rejected', () => {
  test('continues to its end, and lists each reason and how often it came', async () => {
    const { numbers } = await run(
      {
        reply: (request, nth) => (isAboutFirstTask(request) ? reject('flagged') : nth % 7 === 6 ? reject('odd') : flip),
      },
      { ...many, tasks: buildTasks(12) },
    )
    expect(numbers.state.state).toBe('complete')
    const { metadata, results } = await readResults(numbers)
    const rejections = metadata['rejections'] as { reason: string; count: number }[]
    expect(rejections.map(({ reason }) => reason).toSorted()).toEqual(['400: flagged', '400: odd'])
    expect(results.find((entry) => entry['task_id'] === 'task-0000')).toMatchObject({ rejections: ['400: flagged'] })
    expect(results.filter((entry) => (entry['rejections'] as unknown[])[0] === null).length).toBeGreaterThan(5)
  })

  test('is not stopped by the samples of one long task', async () => {
    const { numbers } = await run(
      { reply: (request) => (isAboutFirstTask(request) ? reject('no') : flip) },
      { ...many, tasks: buildTasks(4), samples: 8, controls: { ...many.controls, max_concurrent_tasks: 1 } },
    )
    expect(numbers.state).toMatchObject({ state: 'complete', items: { recorded: 4 } })
    expect(numbers.counts.outcomes).toEqual({ answered: 24, rejected: 8 })
  })

  test('is not stopped by a few long prompts that come first', async () => {
    const long = reject('the request exceeds the available context size')
    const { numbers } = await run({ reply: (_, nth) => (nth < 8 ? long : flip) }, { ...many, tasks: buildTasks(12) })
    expect(numbers.state).toMatchObject({ state: 'complete', items: { recorded: 12 } })
  })

  test('stops when a whole window of ten or more prompts was too long', async () => {
    const controls = { ...many.controls, max_concurrent_tasks: 12 }
    const { numbers, provider } = await run(
      { reply: (_, nth) => reject(`maximum context length is 10, you asked for ${100 + nth}`) },
      { ...many, controls },
    )
    expect(numbers.state).toMatchObject({
      state: 'failed',
      reason: expect.stringMatching(/1\d tasks\): 400: maximum context length is 10.*larger --max-concurrent-tasks/),
    })
    expect(provider.requests.length).toBeLessThan(30)
  })

  test('fails when all of its prompts were too long', async () => {
    const { numbers, provider } = await run(
      { reply: (_, nth) => reject(`maximum context length is 10, you asked for ${100 + nth}`) },
      { ...many, tasks: buildTasks(8) },
    )
    expect(provider.requests).toHaveLength(8)
    expect(numbers.state).toMatchObject({
      state: 'failed',
      reason: expect.stringMatching(/Nothing was answered.*8 × 400/),
    })
  })
})

describe('retry --rejected', () => {
  test('asks again only for what was rejected, and replaces those records', async () => {
    let fixed = false
    const isRejected = (request: RecordedRequest) => isAboutFirstTask(request) && request.body['seed'] === 1
    const { runId, folder, provider } = await run(
      { reply: (request) => (!fixed && isRejected(request) ? reject('flagged') : flip) },
      { samples: 2, sampling: { seed: 0 } },
    )
    const before = await folder.findRecord('task-0000')
    expect(before?.samples.map(({ rounds }) => rounds[0]?.outcomes)).toEqual([['answered'], ['rejected']])
    const other = await folder.findRecord('task-0001')
    fixed = true
    const sent = provider.requests.length
    const numbers = await reopened(runId, 'rejected')
    expect(provider.requests.length - sent).toBe(1)
    expect(numbers.state).toMatchObject({ state: 'complete', items: { recorded: 3 } })
    expect(numbers.counts).toMatchObject({ outcomes: { answered: 6 }, verdicts: { correct: 6 } })
    // Rejected requests stay in the ledger's counts, and are no longer missing.
    expect(numbers.ledger).toMatchObject({ sent: 7, rejected: 1, stored: 6, rejections: [] })
    expect(await folder.findRecord('task-0001')).toEqual(other)
    expect((await readPartial(runId)).filter((entry) => entry['item'] === 'task-0000')).toHaveLength(2)
    expect((await readResults(numbers)).results).toHaveLength(3)
  })

  test('continues like that on another server when its own is lost', async () => {
    let fixed = false
    const released = Promise.withResolvers<void>()
    const { runId, provider, folder } = await run(
      {
        async reply(request) {
          if (!fixed && isAboutFirstTask(request)) return reject('flagged')
          if (fixed) await released.promise
          return flip
        },
      },
      { samples: 1 },
    )
    fixed = true
    await reopenRun(bench.opening, folder, {}, 'rejected')
    await provider.waitUntil((requests) => requests.length === 4)
    // What another server knows about a run after the first one's database is gone: nothing.
    await bench.client.workflow.getHandle(runId).terminate()
    expect(await reconcileRuns(bench.opening, bench.store)).toContainEqual({ runId, how: 'is restarted' })
    released.resolve()
    const numbers = await ended(runId)
    expect(numbers.state).toMatchObject({ state: 'complete', items: { recorded: 3 } })
    expect(numbers.counts.outcomes).toEqual({ answered: 3 })
    expect(numbers.ledger).toMatchObject({ rejections: [], stored: 3 })
  })

  test('fails when everything is rejected again, even if other items were never asked', async () => {
    const oneByOne = { ...many, tasks: buildTasks(4), controls: { ...many.controls, max_concurrent_tasks: 1 } }
    const { runId, folder, numbers } = await run({ reply: () => reject('no system role') }, oneByOne)
    expect(numbers.state.state).toBe('failed')
    // The fourth was what stopped it.
    expect(await folder.listRecorded()).toHaveLength(3)
    expect((await reopened(runId, 'rejected')).state).toMatchObject({
      state: 'failed',
      reason: expect.stringContaining('no system role'),
    })
  })

  test('keeps the record when it is rejected again', async () => {
    const { runId, folder, provider } = await run({
      reply: (request) => (isAboutFirstTask(request) ? reject('flagged') : flip),
    })
    const sent = provider.requests.length
    const numbers = await reopened(runId, 'rejected')
    expect(provider.requests.length - sent).toBe(2)
    expect(numbers.state.state).toBe('complete')
    expect(numbers.ledger.rejections).toEqual([{ reason: '400: flagged', count: 2 }])
    expect((await folder.findRecord('task-0000'))?.samples).toHaveLength(2)
  })
})
