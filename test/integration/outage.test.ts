import { describe, expect, test } from '@jest/globals'
import { exitCodeOf } from '../../src/cli/exit-codes.ts'
import { reopenRun } from '../../src/client/reopen-run.ts'
import { startRun } from '../../src/client/start-run.ts'
import type { RunRequest } from '../../src/runs/prepare-run.ts'
import type { FakeProvider, RecordedRequest, Reply } from '../support/fake-provider.ts'
import { keepRuns } from '../support/keep-runs.ts'
import { outages } from '../support/provider-faults.ts'
import { readFaultTable } from '../support/read-fault-table.ts'
import { answers, buildModel, buildRun, buildTasks } from '../support/test-bench.ts'

/** Nobody waits a day here: an outage may take 3.6 seconds. */
const { bench, serve, ended } = keepRuns({ environment: { ARCLOOM_MAX_OUTAGE_HOURS: '0.001' } })

const flip: Reply = { text: answers.flip }
const down: Reply = {
  status: 503,
  body: { error: { message: 'down for maintenance' } },
  headers: { 'retry-after-ms': '100' },
}
const isAboutFirstTask = ({ body }: RecordedRequest) =>
  body.messages.some(({ content }) => content.includes('[0,0,0,0]'))

async function start(provider: FakeProvider, change: Partial<RunRequest>): Promise<string> {
  const { folder } = await startRun(bench.opening, bench.store, buildRun(provider.url, { samples: 1, ...change }))
  return folder.runId
}

describe('an outage', () => {
  test('is waited for, with few requests meanwhile', async () => {
    let isUp = true
    const provider = await serve({ reply: (_, nth) => (isUp && nth !== 10 ? flip : down) })
    const many = { tasks: buildTasks(40), controls: { max_concurrent_tasks: 20, save_interval: 10, budget_usd: null } }
    const runId = await start(provider, many)
    await provider.waitUntil((requests) => requests.length > 10)
    isUp = false
    const before = provider.requests.length
    await new Promise((resolve) => setTimeout(resolve, 3_000))
    const during = provider.requests.length - before
    isUp = true
    const { state } = await ended(runId)
    expect(state).toMatchObject({ state: 'complete', items: { recorded: 40, failed: 0 } })
    // Those that were in flight, and probes; without the gate it would be over a hundred.
    expect(during).toBeLessThanOrEqual(20 + 5)
  })

  test('that does not end stops the run with the reason, to be resumed', async () => {
    let isUp = true
    const provider = await serve({ reply: () => (isUp ? flip : down) })
    const runId = await start(provider, { tasks: buildTasks(30) })
    await provider.waitUntil((requests) => requests.length > 5)
    isUp = false
    const stopped = await ended(runId)
    expect(stopped.state).toMatchObject({
      state: 'failed',
      reason: expect.stringMatching(
        /^503: down for maintenance\. \d+ requests failed within .*, and none was answered\.$/,
      ),
    })
    expect(stopped.failures).toEqual([])
    const { stored } = stopped.ledger
    expect(stored).toBeGreaterThan(0)
    isUp = true
    const sent = provider.requests.length
    await reopenRun(bench.opening, await bench.store.openRun(runId), {}, 'remaining')
    const { state } = await ended(runId)
    expect(state).toMatchObject({ state: 'complete', items: { recorded: 30 } })
    expect(provider.requests.length - sent).toBe(30 - stored)
  })
})

test('a sample that fails again and again while others are answered fails alone, and the run continues', async () => {
  const provider = await serve({ reply: (request) => (isAboutFirstTask(request) ? down : flip), latencyMs: 200 })
  const runId = await start(provider, { tasks: buildTasks(30) })
  const { state, failures } = await ended(runId)
  expect(state).toMatchObject({ state: 'complete', items: { recorded: 29, failed: 1 } })
  expect(failures).toMatchObject([
    {
      item: 'task-0000',
      reason: expect.stringMatching(
        /^503: down for maintenance\. \d+ requests for it failed .* others were answered\.$/,
      ),
    },
  ])
})

describe('what never ends a run, as the page says', () => {
  const table = readFaultTable('Forever')

  test('has a row for each fault', () => expect([...table.keys()]).toEqual(outages.map(({ name }) => name)))

  test.each(outages.map((fault) => [fault.name, fault] as const))(
    '%s',
    async (name, fault) => {
      const provider: FakeProvider = await serve({ reply: (_, nth) => fault.reply(nth, provider.url) })
      const runId = await start(provider, {
        tasks: buildTasks(4),
        model: buildModel(provider.url, fault.model?.(provider.url)),
      })
      const { state, ledger, failures, counts } = await ended(runId)
      expect({
        words: table.get(name)?.words.filter((words) => state.reason?.includes(words)),
        exit: exitCodeOf({ state: state.state, tasks: { total: 4, done: counts.recorded, failed: failures.length } }),
        reason: state.reason,
      }).toMatchObject({ words: table.get(name)?.words, exit: table.get(name)?.exit })
      expect(ledger.stored).toBe(0)
      // Pauses double; how many there are depends on how long an outage may take.
      expect(ledger.sent).toBeLessThanOrEqual(10)
    },
    60_000,
  )
})
