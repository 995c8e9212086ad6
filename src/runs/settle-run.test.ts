import { beforeEach, describe, expect, test } from '@jest/globals'
import { putWholeRun } from '../../test/support/put-whole-run.ts'
import { createCostAsker } from '../adapters/models/ask-cost.ts'
import { createRunStore } from '../adapters/stores/create-run-store.ts'
import { createMemoryBlobs } from '../adapters/stores/memory-blobs.ts'
import type { RunFolder } from '../adapters/stores/run-store.ts'
import { openrouter } from '../domain/providers/openrouter.ts'
import { totalLedger } from '../domain/runs/ledger.ts'
import { settleRun } from './settle-run.ts'

const secret = 'sk-or-v1-0123456789abcdef'
const now = () => new Date('2026-01-02T00:00:00Z')

let folder: RunFolder
beforeEach(async () => {
  folder = await putWholeRun(createRunStore(createMemoryBlobs(), 'test'), 'one')
})

/** A request that was sent an hour ago and, if it has a name, was accepted. */
async function lose(request: string, name?: string, at = '2026-01-01T23:00:00.000Z') {
  await folder.appendLedger({ type: 'sent', request, answer: 'a', at, most_usd: 2 })
  if (name === undefined) return
  await folder.appendLedger({ type: 'accepted', request, answer: 'a', at, provider_id: name, by: 'stream' })
}

type Answers = Readonly<Record<string, readonly (readonly [status: number, body: unknown])[]>>

/** @param answers what OpenRouter answers for each id, in turn; its last answer stays */
function openRouter(answers: Answers) {
  const asked: string[] = []
  const slept: number[] = []
  const asker = createCostAsker({
    model: { baseUrl: 'https://openrouter.ai/api/v1/chat/completions', apiKeyVariable: 'KEY' },
    provider: openrouter,
    lookup: openrouter.costLookup,
    apiKey: () => secret,
    sleep: async (ms) => slept.push(ms),
    fetch: async (url, init) => {
      const { pathname, searchParams } = new URL(url instanceof Request ? url.url : url)
      const id = searchParams.get('id') ?? ''
      const nth = asked.filter((each) => each === id).length
      asked.push(id)
      expect(pathname).toBe('/api/v1/generation')
      expect(new Headers(init?.headers).get('authorization')).toBe(`Bearer ${secret}`)
      const all = answers[id] ?? []
      const [status, body] = all[Math.min(nth, all.length - 1)] ?? [404, { error: { message: 'not found' } }]
      return new Response(JSON.stringify(body), { status })
    },
  })
  return { asker, asked, slept }
}

const record = (total_cost: unknown, more: object = {}) =>
  [200, { data: { id: 'gen', total_cost, native_tokens_prompt: 30, native_tokens_completion: 40, ...more } }] as const
const missing = [404, { error: { code: 404, message: 'Generation gen not found' } }] as const
const settle = (asker?: ReturnType<typeof openRouter>['asker']) =>
  settleRun(folder, { asker, title: 'OpenRouter', now })

describe('settleRun', () => {
  test('replaces the maximum of a lost request by what the provider says', async () => {
    await lose('lost', 'gen-1')
    expect(totalLedger(await folder.readLedger())).toMatchObject({ unsettled_usd: 2 })
    const { asker } = openRouter({ 'gen-1': [record(0.125)] })
    expect(await settle(asker)).toMatchObject([
      { sent: { request: 'lost' }, fate: 'lost', costUsd: 0.125, reason: null },
    ])
    const totals = totalLedger(await folder.readLedger())
    expect(totals).toMatchObject({ unsettled_usd: 0, cost_usd: 3 * 0.25 + 0.125, failed: 0, last_failure: null })
    expect(totals.usage).toEqual({ prompt_tokens: 330, completion_tokens: 70 })
    expect(await settle(asker)).toEqual([])
  })

  test('adds what a key of one’s own is charged at the provider behind OpenRouter', async () => {
    await lose('lost', 'gen-1')
    const { asker } = openRouter({ 'gen-1': [record(0.25, { is_byok: true, upstream_inference_cost: 0.5 })] })
    expect(await settle(asker)).toMatchObject([{ costUsd: 0.75 }])
  })

  test('settles a broken request whose cost was unknown', async () => {
    await lose('broken', 'gen-1')
    const usage = { prompt_tokens: null, completion_tokens: null }
    const at = '2026-01-01T23:01:00.000Z'
    await folder.appendLedger({
      type: 'settled',
      request: 'broken',
      answer: 'a',
      at,
      fate: 'failed',
      cost_usd: null,
      usage,
    })
    expect(await settle(openRouter({ 'gen-1': [record(0.125)] }).asker)).toMatchObject([
      { fate: 'failed', costUsd: 0.125 },
    ])
    expect(totalLedger(await folder.readLedger())).toMatchObject({ failed: 1, cost_usd: 3 * 0.25 + 0.125 })
  })

  test('waits for a record that is not there yet, and only of a call that may have just ended', async () => {
    await lose('new', 'gen-new', '2026-01-01T23:59:00.000Z')
    await lose('old', 'gen-old')
    const { asker, asked, slept } = openRouter({ 'gen-new': [missing, missing, record(0.5)], 'gen-old': [missing] })
    expect(await settle(asker)).toMatchObject([
      { sent: { request: 'old' }, costUsd: null, reason: '404: Generation gen not found' },
      { sent: { request: 'new' }, costUsd: 0.5 },
    ])
    expect(asked.filter((id) => id === 'gen-old')).toHaveLength(1)
    expect(slept).toEqual([2_000, 4_000])
  })

  test.each<[string, Answers, RegExp]>([
    ['a record without a cost', { 'gen-1': [record(null)] }, /names no cost/],
    ['a negative cost', { 'gen-1': [record(-1)] }, /names no cost/],
    ['a server that is down', { 'gen-1': [[503, 'down']] }, /^503: down/],
  ])('leaves the cost unknown: %s', async (_, answers, reason) => {
    await lose('lost', 'gen-1')
    expect(await settle(openRouter(answers).asker)).toMatchObject([
      { costUsd: null, reason: expect.stringMatching(reason) },
    ])
    expect(totalLedger(await folder.readLedger())).toMatchObject({ unsettled_usd: 2 })
  })

  test('asks no more once the key is refused, and never shows it', async () => {
    for (const name of ['1', '2', '3', '4', '5', '6', '7', '8']) await lose(`lost-${name}`, `gen-${name}`)
    const refusal = [[401, { error: { message: `no user for ${secret}` } }]] as const
    const { asker, asked } = openRouter(Object.fromEntries(Array.from({ length: 9 }, (_, n) => [`gen-${n}`, refusal])))
    const requests = await settle(asker)
    expect(requests.map(({ reason }) => reason)).toEqual(Array.from({ length: 8 }, () => '401: no user for [key]'))
    expect(asked.length).toBeLessThanOrEqual(4)
  })

  test('says of what it cannot ask why', async () => {
    await lose('unnamed')
    await lose('named', 'chatcmpl-1')
    expect((await settleRun(folder, { asker: undefined, title: 'OpenAI', now })).map(({ reason }) => reason)).toEqual([
      'OpenAI had not named the call',
      'OpenAI cannot be asked what a call has cost',
    ])
  })

  test('leaves alone what an open run may have in flight', async () => {
    await lose('earlier', 'gen-1', '2026-01-01T22:00:00.000Z')
    await lose('in flight', 'gen-2')
    await folder.putState({ ...(await folder.readState()), state: 'running' })
    const { asker } = openRouter({ 'gen-1': [record(0.5)] })
    expect(await settle(asker)).toMatchObject([{ sent: { request: 'earlier' }, costUsd: 0.5 }])
  })
})
