import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from '@jest/globals'
import type { RunFolder } from '../../src/adapters/stores/run-store.ts'
import { reopenRun } from '../../src/client/reopen-run.ts'
import { readMessage } from '../../src/domain/providers/read-message.ts'
import type { LedgerLine } from '../../src/domain/runs/ledger-lines.ts'
import { closeAfterEach } from '../support/close-after-each.ts'
import { cutSilent } from '../support/cut-silent.ts'
import type { Reply } from '../support/fake-provider.ts'
import { keepRuns } from '../support/keep-runs.ts'
import { answers, buildModel, buildTasks } from '../support/test-bench.ts'

const { bench, run, serve, start, ended } = keepRuns()
const closeAfter = closeAfterEach()

const one = { samples: 1, tasks: buildTasks(1) }
/** An answer in pieces of ten characters. */
const pieces = answers.flip.match(/[^]{1,10}/g) ?? []
const streamed: Reply = { stream: pieces }
const controls = { max_concurrent_tasks: 2, save_interval: 2, budget_usd: null }

async function readAll(folder: RunFolder) {
  const keys = await folder.listAnswers()
  const ledger = [...(await folder.readLedger())].filter((line): line is LedgerLine => line.type !== 'garbled')
  return { ledger, answers: await Promise.all(keys.map((key) => folder.readAnswer(key))) }
}

async function listPartials(folder: RunFolder) {
  const [item] = await folder.listItems()
  return folder.listPartials({ item: item?.key ?? '', sample: 0, round: 1 })
}

async function waitFor(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await sleep(20)
}

describe('a run', () => {
  test('asks for a stream, and stores what it would have stored of a whole reply, under the same key', async () => {
    const asStream = await run({ reply: () => streamed }, one)
    const asWhole = await run(
      { reply: () => ({ text: answers.flip }) },
      { ...one, controls: { ...controls, stream: false } },
    )
    const [fromStream, fromWhole] = [await readAll(asStream.folder), await readAll(asWhole.folder)]
    expect(asStream.provider.requests[0]?.body).toMatchObject({ stream: true, stream_options: { include_usage: true } })
    expect(asWhole.provider.requests[0]?.body).not.toHaveProperty('stream')
    const [a, b] = [fromStream.answers[0], fromWhole.answers[0]]
    expect(a?.response).toEqual(b?.response)
    expect(a).toMatchObject({
      key: b?.key,
      sent: b?.sent,
      usage: b?.usage,
      cost_usd: b?.cost_usd,
      served_by: b?.served_by,
    })
    expect(readMessage(a?.response).text).toBe(answers.flip)
    expect(asStream.numbers).toMatchObject({ state: { state: 'complete' } })
  })

  test('writes the provider’s name of the call into the ledger between its two other lines', async () => {
    const { folder } = await run({ reply: () => streamed }, one)
    const { ledger } = await readAll(folder)
    const [{ request, answer } = {}] = ledger
    expect(ledger).toMatchObject([
      { type: 'sent', request, answer },
      { type: 'accepted', request, answer, provider_id: 'fake-0', by: 'stream' },
      { type: 'settled', request, answer, fate: 'stored' },
    ])
  })

  test.each([
    ['a server that ignores the wish', { text: answers.flip }, {}],
    ['a model whose entry says that its server cannot', { text: answers.flip }, { stream: false } as const],
  ])('gets its answers whole from %s', async (_, reply, change) => {
    const provider = await serve({ reply: () => reply })
    const { folder, numbers } = await run({}, { ...one, model: buildModel(provider.url, change) })
    expect((await readAll(folder)).answers).toHaveLength(1)
    expect(numbers.state.state).toBe('complete')
    expect('stream' in (provider.requests[0]?.body ?? {})).toBe(!('stream' in change))
  })
})

describe('a stream that breaks', () => {
  test.each<[string, Reply, RegExp]>([
    ['it is cut', { stream: pieces.slice(0, 3), end: 'cut' }, /broke off/],
    ['an error comes in it', { stream: pieces.slice(0, 3), end: { error: 'overloaded' } }, /overloaded/],
  ])('leaves what had come, at its maximum cost, and is asked for again: %s', async (_, broken, reason) => {
    const { folder, numbers, provider } = await run({ script: [broken], reply: () => streamed }, one)
    expect(provider.requests).toHaveLength(2)
    expect(await listPartials(folder)).toMatchObject([
      { text: pieces.slice(0, 3).join(''), reasoning: '', reason: expect.stringMatching(reason), request_id: 'fake-0' },
    ])
    const { ledger, answers: stored } = await readAll(folder)
    const failed = ledger.find((line) => line.type === 'settled' && line.fate === 'failed')
    expect(failed).toMatchObject({ cost_usd: null, unusable: true, reason: expect.stringMatching(reason) })
    expect(stored).toHaveLength(1)
    expect(readMessage(stored[0]?.response).text).toBe(answers.flip)
    expect(numbers.ledger).toMatchObject({ cost_usd: null, failed: 1, stored: 1 })
    expect(numbers.ledger.unsettled_usd).toBeGreaterThan(0)
  })

  test('every time fails its sample after four requests, and nothing is taken for an answer', async () => {
    const broken: Reply = { stream: pieces.slice(0, 3), end: { error: 'overloaded' } }
    const isFirst = (text: string) => text.includes('[0,0,0,0]')
    const { folder, numbers, provider } = await run(
      { reply: ({ body }) => (isFirst(JSON.stringify(body.messages)) ? broken : streamed) },
      { samples: 1, tasks: buildTasks(2) },
    )
    expect(provider.requests).toHaveLength(4 + 1)
    expect(numbers.failures).toMatchObject([{ reason: expect.stringMatching(/overloaded, 4 times$/) }])
    expect(await listPartials(folder)).toHaveLength(4)
    expect(await folder.listAnswers()).toHaveLength(1)
  })
})

test('a proxy that cuts silent connections lets a streamed answer through, however long it takes', async () => {
  const provider = await serve({ reply: () => ({ stream: pieces, everyMs: 50 }) })
  const proxy = await cutSilent(provider.url, 400)
  await closeAfter(proxy)
  const { numbers } = await run({}, { ...one, model: buildModel(proxy.url) })
  expect(provider.requests).toHaveLength(1)
  expect(numbers).toMatchObject({ state: { state: 'complete' }, ledger: { stored: 1, failed: 0 } })
})

test('an open run asks for whole answers as soon as it is told to', async () => {
  const released = Promise.withResolvers<void>()
  const { runId, folder, provider } = await start(
    { reply: (_, nth) => (nth === 0 ? released.promise : Promise.resolve()).then(() => ({ text: answers.flip })) },
    { samples: 1, tasks: buildTasks(2), controls: { ...controls, max_concurrent_tasks: 1 } },
  )
  await provider.waitUntil((requests) => requests.length === 1)
  await reopenRun(bench.opening, folder, { stream: false })
  await waitFor(async () => (await folder.readState()).controls.stream === false)
  released.resolve()
  expect((await ended(runId)).state.state).toBe('complete')
  expect(provider.requests).toHaveLength(2)
  expect(provider.requests[0]?.body).toHaveProperty('stream', true)
  expect(provider.requests[1]?.body).not.toHaveProperty('stream')
})
