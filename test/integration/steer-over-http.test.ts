import { rm } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { Hono } from 'hono'
import { createApp } from '../../src/api/create-app.ts'
import type { RunPageDocument, StartedDocument } from '../../src/api/documents.ts'
import { openLibrary } from '../../src/api/open-library.ts'
import { readConfig } from '../../src/config.ts'
import { createOperations } from '../../src/operations/create-operations.ts'
import { listStackFiles } from '../../src/stack/state/stack-files.ts'
import type { FakeProvider, RecordedRequest } from '../support/fake-provider.ts'
import { keepProviders } from '../support/keep-providers.ts'
import { keepTestBench } from '../support/keep-test-bench.ts'
import { makeProject, playStack } from '../support/play-stack.ts'

const bench = keepTestBench()
const serve = keepProviders()

/** Requests wait for their answers until the test lets them go. */
let provider: FakeProvider
let release: () => void
let project: string
let app: Hono
const asked = (requests: readonly RecordedRequest[], count: number) => requests.length >= count

beforeEach(async () => {
  const released = Promise.withResolvers<void>()
  release = released.resolve
  provider = await serve({
    reply: async () => {
      await released.promise
      return { text: '[[1]]' }
    },
  })
  project = await makeProject(provider.url, 4)
  playStack(bench.config, bench.config.temporal.address ?? '')
  const config = readConfig(
    { ...bench.config.environment(), TEMPORAL_ADDRESS: bench.config.temporal.address },
    { projectRoot: project },
  )
  const library = openLibrary({ project, data: bench.config.dataDir })
  const operations = createOperations({
    readConfig: async () => config,
    stateDir: config.stateDir,
    store: library.runs,
    note: () => undefined,
  })
  const onFault = (fault: unknown) => {
    throw fault
  }
  app = createApp({ library, readPage: async () => new Map(), onFault, operations })
})
afterEach(async () => {
  release()
  await rm(project, { recursive: true })
})

async function send(address: string, body?: unknown): Promise<{ readonly status: number; readonly body: unknown }> {
  const response = await app.request(`http://127.0.0.1/api${address}`, {
    headers: { host: '127.0.0.1', 'content-type': 'application/json' },
    ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
  })
  return { status: response.status, body: await response.json() }
}

async function waitFor(runId: string, isThere: (about: RunPageDocument) => boolean): Promise<RunPageDocument> {
  for (;;) {
    const about = (await send(`/runs/${runId}`)).body as RunPageDocument
    if (isThere(about)) return about
    await sleep(50)
  }
}

const key = '20260101-000000-abcd'
const order = {
  kind: 'benchmark',
  recipe: 'direct',
  flags: { model: ['FAKE'], max_tokens: 100, max_concurrent_tasks: 1 },
}

describe('a run over HTTP', () => {
  test('is started once, paused, unpaused, interrupted, and resumed with a budget', async () => {
    const begun = await Promise.all([send('/runs', { ...order, key }), send('/runs', { ...order, key })])
    const runId = `direct-FAKE-${key}`
    expect(begun.map(({ status }) => status)).toEqual([201, 201])
    const [first, second] = begun.map(({ body }) => (body as StartedDocument).runs)
    expect([first, second].map((runs) => runs?.map(({ run_id }) => run_id))).toEqual([[runId], [runId]])
    await provider.waitUntil((requests) => asked(requests, 1))

    expect(await send(`/runs/${runId}/steer`, { action: 'pause' })).toMatchObject({ status: 200 })
    await waitFor(runId, ({ summary }) => summary.state === 'paused')
    await send(`/runs/${runId}/steer`, { action: 'unpause' })
    await waitFor(runId, ({ summary }) => summary.state === 'running')
    await send(`/runs/${runId}/resume`, { flags: { max_concurrent_tasks: 2, budget_usd: 5 } })
    await waitFor(runId, ({ controls }) => controls.max_concurrent_tasks === 2 && controls.budget_usd === 5)
    await provider.waitUntil((requests) => asked(requests, 2))

    await send(`/runs/${runId}/steer`, { action: 'interrupt' })
    release()
    const interrupted = await waitFor(runId, ({ summary }) => summary.state === 'interrupted')
    expect(interrupted.summary.tasks).toEqual({ total: 4, done: 2, failed: 0 })
    // The same order again leaves the run as it is: whoever wants it resumed says so.
    expect(await send('/runs', { ...order, key })).toMatchObject({
      status: 201,
      body: { runs: [{ run_id: runId, how: 'ended' }] },
    })
    // Not enough for one more request, and then enough.
    await send(`/runs/${runId}/resume`, { flags: { budget_usd: '0.001' } })
    await waitFor(runId, ({ summary }) => summary.state === 'budget-reached')
    await send(`/runs/${runId}/resume`, { flags: { budget_usd: 3 } })
    const complete = await waitFor(runId, ({ summary }) => summary.state === 'complete')
    expect(complete.controls.budget_usd).toBe(3)
    expect(provider.requests).toHaveLength(4)
    expect(await send(`/runs/${runId}/retry`, {})).toEqual({
      status: 200,
      body: { nothing_to_do: `${runId} has no failed items.` },
    })
    expect(await send(`/runs/${runId}/steer`, { action: 'pause' })).toMatchObject({
      status: 409,
      body: { error: { type: 'ended', message: 'The run has ended: it is complete.' } },
    })
  }, 60_000)

  test('is not started where nothing is up to work on it, and nothing is stored', async () => {
    await rm(listStackFiles(bench.config).status)
    const refused = await send('/runs', { ...order, key: '20260101-000000-0000' })
    expect(refused).toMatchObject({ status: 503, body: { error: { type: 'stack-not-up' } } })
    expect(JSON.stringify(refused.body)).toContain('npx arcloom up')
    expect((await send('/runs/direct-FAKE-20260101-000000-0000')).status).toBe(404)
    expect((await send('/stack')).body).toMatchObject({
      is_ready: false,
      problem: expect.stringContaining('npx arcloom up'),
    })
  })
})
