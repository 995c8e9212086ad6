import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { FakeProvider, RecordedRequest } from '../support/fake-provider.ts'
import { keepProviders } from '../support/keep-providers.ts'
import { answers } from '../support/test-bench.ts'
import { openTestStack, type TestStack } from '../support/test-stack.ts'
import { writeTasks } from '../support/write-tasks.ts'

const items = 24
const samples = 2
const questions = items * samples

let stack: TestStack
let dataset: string
beforeAll(async () => {
  stack = await openTestStack()
  dataset = await writeTasks(join(stack.dataDir, 'tasks'), items)
  await stack.arcloom('up')
})
afterAll(() => stack.close())

const serve = keepProviders()

/** The arguments of a benchmark against a provider of the test's own. */
function benchmark(provider: FakeProvider, name: string, ...more: string[]): string[] {
  const place = ['--model', 'local/fake', '--base-url', provider.url, '--dataset', dataset, '--name', name]
  return ['benchmark', 'code', ...place, ...more]
}

/** A run with 12 requests of one second in flight, half of them answered when it is disturbed. */
async function disturb(name: string, hurt: (client: ReturnType<TestStack['begin']>) => Promise<void> | void) {
  const provider = await serve({ reply: () => ({ text: answers.flip }), latencyMs: 1_000 })
  const client = stack.begin(
    ...benchmark(provider, name, '--best-of', String(samples), '--max-concurrent-tasks', '6', '--seed', '1'),
  )
  await provider.waitUntil((requests) => requests.filter(isAnswered).length >= questions / 2 && requests.some(isOpen))
  await hurt(client)
  const { code, stderr } = await client.ended
  // The client may be what was killed; the run ends without it.
  const watched = code === 0 ? undefined : await stack.arcloom('watch', name)
  const status = await stack.status(name)
  const asked = Map.groupBy(provider.requests, ({ body }) => JSON.stringify([body.messages, body['seed']]))
  return { provider, asked, status, exit: { code, stderr, watched } }
}

const isAnswered = (request: RecordedRequest) => request.answeredAtMs !== undefined
const isCut = (request: RecordedRequest) => request.aborted
const isOpen = (request: RecordedRequest) => request.answeredAtMs === undefined && !request.aborted

/** What must hold whatever was killed: nothing is lost, and only what was in flight is paid for twice. */
function expectWhole({ provider, asked, status }: Awaited<ReturnType<typeof disturb>>) {
  expect(status).toMatchObject({
    state: 'complete',
    tasks: { total: items, done: items, failed: 0 },
    samples: { wanted: questions, stored: questions },
    requests: { sent: questions + status.samples.repaid, failed: 0, rejected: 0 },
    verdicts: { correct: questions },
  })
  expect(asked.size).toBe(questions)
  // Twice at most, and only what the ledger calls repaid.
  expect(Math.max(...[...asked.values()].map((requests) => requests.length))).toBeLessThanOrEqual(2)
  // The ledger is written first: a worker killed in between has noted a request that was never sent.
  expect(provider.requests.length).toBeLessThanOrEqual(status.requests.sent)
}

describe('a run continues by itself, and pays twice only for what was in flight, after kill -9 of', () => {
  test('the worker', async () => {
    const hurt = await disturb('kill-worker', () => stack.kill('worker'))
    expectWhole(hurt)
    expect(hurt.status.samples.repaid).toBeGreaterThanOrEqual(hurt.provider.requests.filter(isCut).length)
  })

  test('the Temporal server', async () => {
    const hurt = await disturb('kill-server', () => stack.kill('server'))
    expectWhole(hurt)
    // The worker is alive, and so are its calls.
    expect(hurt.status.samples.repaid).toBe(0)
  })

  test('the worker and the server', async () => {
    expectWhole(await disturb('kill-both', () => stack.kill('worker', 'server')))
  })

  test('the client', async () => {
    const hurt = await disturb('kill-client', (client) => void client.kill('SIGKILL'))
    expectWhole(hurt)
    expect(hurt.status.samples.repaid).toBe(0)
  })

  test('the supervisor and everything else, once `up` is typed', async () => {
    const hurt = await disturb('kill-all', async (client) => {
      client.kill('SIGKILL')
      stack.kill('supervisor', 'worker', 'server', 'baseline')
      const { code, stderr } = await stack.arcloom('up')
      expect({ code, stderr }).toMatchObject({ code: 0 })
    })
    expectWhole(hurt)
  })
})

describe('nothing is lost or paid for twice', () => {
  test('when the worker is told to exit with calls in flight', async () => {
    const hurt = await disturb('term-worker', () => {
      process.kill(stack.identify('worker').pid, 'SIGTERM')
    })
    expectWhole(hurt)
    expect(hurt.status.samples.repaid).toBe(0)
  })

  test('when Ctrl-C interrupts and resume continues', async () => {
    const provider = await serve({ reply: () => ({ text: answers.flip }), latencyMs: 500 })
    const client = stack.begin(...benchmark(provider, 'ctrl-c', '--best-of', '2', '--max-concurrent-tasks', '6'))
    await provider.waitUntil((requests) => requests.filter(isAnswered).length >= 12 && requests.some(isOpen))
    client.kill('SIGINT')
    const { code, stderr } = await client.ended
    expect(code).toBe(3)
    expect(stderr).toContain('npx arcloom resume ctrl-c')
    const interrupted = await stack.status('ctrl-c')
    expect(interrupted.state).toBe('interrupted')
    expect(interrupted.results_file).toMatch(/_interrupted\.json$/)
    expect(provider.requests.every(isAnswered)).toBe(true)
    expect(interrupted.samples.stored).toBe(provider.requests.length)

    expect(await stack.arcloom('resume', 'ctrl-c')).toMatchObject({ code: 0 })
    expect(await stack.status('ctrl-c')).toMatchObject({
      state: 'complete',
      samples: { stored: questions, repaid: 0 },
      requests: { sent: questions },
    })
  })

  test('when a second Ctrl-C exits at once, and the run ends by itself', async () => {
    let release = () => {}
    const released = new Promise<void>((resolve) => (release = resolve))
    const provider = await serve({ reply: () => released.then(() => ({ text: answers.flip })) })
    const client = stack.begin(...benchmark(provider, 'ctrl-c-twice', '--max-concurrent-tasks', '4'))
    await provider.waitUntil((requests) => requests.length >= 4)
    client.kill('SIGINT')
    const told = (text: unknown) => String(text).includes('Interrupting')
    await new Promise((resolve) => client.stderr?.on('data', (text) => told(text) && resolve(text)))
    // Two signals within a moment count as one: npx forwards what the terminal has already sent.
    await sleep(500)
    client.kill('SIGINT')
    expect((await client.ended).code).toBe(3)
    expect(provider.requests.some(isAnswered)).toBe(false)
    release()
    while ((await stack.status('ctrl-c-twice')).state === 'running') continue
    expect(await stack.status('ctrl-c-twice')).toMatchObject({
      state: 'interrupted',
      samples: { stored: 4, repaid: 0 },
    })
  })
})
