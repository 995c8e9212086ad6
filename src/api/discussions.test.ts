import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { Hono } from 'hono'
import type { FakeProvider, Reply } from '../../test/support/fake-provider.ts'
import { keepProviders } from '../../test/support/keep-providers.ts'
import { buildDiscussionModel, openTestDiscussions, testKey } from '../../test/support/open-discussions.ts'
import { createMemoryBlobs } from '../adapters/stores/memory-blobs.ts'
import type { Model } from '../domain/models/model-spec.ts'
import { createApp } from './create-app.ts'
import type { Discussions } from './discussions/discussions.ts'
import type { AnswerEvent, DiscussionDocument, DiscussionsDocument } from './documents.ts'
import type { Library } from './library.ts'
import { openLibrary } from './open-library.ts'

const task = {
  train: [
    { input: [[1, 2]], output: [[2, 1]] },
    { input: [[3, 4]], output: [[4, 3]] },
  ],
  test: [{ input: [[5, 6]], output: [[8, 7]] }],
}
const hiddenOutput = '[[8,7]]'

const startProvider = keepProviders()
let root: string
let library: Library
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'arcloom-discuss-'))
  await mkdir(join(root, 'data/tasks/training'), { recursive: true })
  await writeFile(join(root, 'data/tasks/training/swap.json'), JSON.stringify(task))
  library = openLibrary({ project: root, data: join(root, 'own') })
})
afterEach(() => rm(root, { recursive: true }))

interface Opened {
  readonly app: Hono
  readonly provider: FakeProvider
  readonly discussions: Discussions
}

interface Options {
  readonly script?: readonly Reply[]
  readonly model?: Partial<Model>
  readonly others?: readonly Model[]
  readonly budgetUsd?: number
  readonly mayAct?: boolean
}

const answer: Reply = { stream: ['The rule: ', 'mirror.'] }

async function open({
  script = [answer, answer],
  model,
  others = [],
  mayAct,
  ...options
}: Options = {}): Promise<Opened> {
  const provider = await startProvider({ script })
  const discussions = openTestDiscussions({
    ...options,
    models: [buildDiscussionModel(provider.url, model), ...others],
  })
  return { app: serve(discussions, mayAct), provider, discussions }
}

function serve(discussions: Discussions, mayAct = true): Hono {
  const onFault = (fault: unknown) => {
    throw fault
  }
  return createApp({ library, discussions, readPage: async () => new Map(), onFault, mayAct })
}

async function send(app: Hono, method: string, address: string, body?: unknown): Promise<Response> {
  return app.request(`http://127.0.0.1/api${address}`, {
    method,
    headers: { host: '127.0.0.1', ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
}

async function read<Document>(app: Hono, address: string): Promise<Document> {
  return (await (await send(app, 'GET', address)).json()) as Document
}

async function readEvents(response: Response): Promise<AnswerEvent[]> {
  const text = await response.text()
  expect({ status: response.status, text }).toMatchObject({ status: 200 })
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as AnswerEvent)
}

const question = { person: 'Ada', model: 'FAKE', text: 'What changes?' }

/** Asks, and reads the answer to its end. */
async function ask(app: Hono, body: object = {}, address = '/discussions') {
  const first = address === '/discussions' ? { task: 'swap' } : {}
  const events = await readEvents(await send(app, 'POST', address, { ...first, ...question, ...body }))
  const [begun] = events
  if (begun?.type !== 'begun') throw new Error('an answer begins')
  return {
    id: begun.discussion,
    events,
    text: events.map((event) => (event.type === 'delta' ? event.text : '')).join(''),
  }
}

async function fail(app: Hono, body: object, address = '/discussions') {
  const response = await send(app, 'POST', address, { task: 'swap', ...question, ...body })
  const { error } = (await response.json()) as { error: { type: string; message: string } }
  return { status: response.status, ...error }
}

const readDiscussion = (app: Hono, id: string) => read<DiscussionDocument>(app, `/discussions/${id}`)
const listAll = (app: Hono, person = 'Ada') => read<DiscussionsDocument>(app, `/discussions?task=swap&person=${person}`)

describe('a question', () => {
  test('is answered piece by piece, and kept with its answer and its cost', async () => {
    const { app } = await open()
    const { id, events, text } = await ask(app)
    expect(text).toBe('The rule: mirror.')
    expect(events.map(({ type }) => type)).toEqual(['begun', 'delta', 'delta', 'end'])
    expect(await readDiscussion(app, id)).toMatchObject({
      person: 'Ada',
      task: 'swap',
      turns: [
        {
          text: 'What changes?',
          model: 'FAKE',
          answer: { state: 'complete', text: 'The rule: mirror.', truncated: false, cost_usd: expect.any(Number) },
        },
      ],
    })
    const { discussions, budget } = await listAll(app)
    expect(discussions).toEqual([{ id, at: expect.any(String), title: 'What changes?', questions: 1 }])
    expect(budget.spent_usd).toBeGreaterThan(0)
    expect(budget).toEqual({
      budget_usd: 1,
      spent_usd: budget.counted_usd,
      counted_usd: budget.spent_usd,
      unbounded: 0,
    })
  })

  test('shows the task once, and never the output of a test pair', async () => {
    const { app, provider } = await open()
    const { id } = await ask(app)
    await ask(app, { text: 'And why?' }, `/discussions/${id}/questions`)
    const [first, second] = provider.requests.map(({ body }) => body.messages)
    expect(first?.map(({ role }) => role)).toEqual(['system', 'user'])
    expect(first?.[1]?.content).toMatch(
      /Train pair 2[^]*\[\[4,3\]\][^]*Test input 1[^]*\[\[5,6\]\][^]*What I ask\n\nWhat changes\?$/,
    )
    expect(second?.map(({ role }) => role)).toEqual(['system', 'user', 'assistant', 'user'])
    expect(second?.slice(2).map(({ content }) => content)).toEqual(['The rule: mirror.', 'And why?'])
    expect(JSON.stringify(provider.requests)).not.toContain(hiddenOutput)
    expect(JSON.stringify(await readDiscussion(app, id))).not.toContain(hiddenOutput)
  })

  test('shows the task again when it is looked at in another way', async () => {
    const { app, provider } = await open()
    const { id } = await ask(app)
    await ask(app, { steps: 'mirror-left-right' }, `/discussions/${id}/questions`)
    expect(provider.requests[1]?.body.messages.at(-1)?.content).toMatch(/Train pair 1[^]*\[\[2,1\]\]/)
  })

  test('shows chosen traces and the person’s drawing', async () => {
    const { app, provider } = await open()
    const trace = await library.traces.add({ task_id: 'swap', username: 'Bob', text: '# Mine\nIt turns.' })
    await ask(app, { traces: [trace.trace_id], drawing: { test: 0, grid: [[6, 0]] } })
    const content = provider.requests[0]?.body.messages[1]?.content
    expect(content).toContain('# What Bob wrote about the task\n\n> # Mine\n> It turns.')
    expect(content).toContain('# What I drew\n\nOutput for test input 1, 1 row × 2 columns:\n[[6,0]]')
  })

  test.each([
    ['a trace that is gone', { traces: ['swap_x_1'] }, 404, 'no-such-trace'],
    ['a drawing for no test input', { drawing: { test: 4, grid: [[1]] } }, 400, 'malformed'],
    ['a run that is not there', { sample: { run: 'nope', sample: 0 } }, 404, 'no-such-run'],
    ['a version that is not there', { version: 7 }, 404, 'no-such-version'],
    ['no text', { text: '  ' }, 400, 'malformed'],
    ['an unknown model', { model: 'X' }, 400, 'no-such-model'],
    ['an unknown task', { task: 'X' }, 404, 'no-such-task'],
  ])('with %s is refused, and nothing is asked or kept', async (_, body, status, type) => {
    const { app, provider } = await open()
    expect(await fail(app, body)).toMatchObject({ status, type })
    expect(provider.requests).toEqual([])
    expect((await listAll(app)).discussions).toEqual([])
  })

  test('waits until the last one is answered', async () => {
    const { app, provider } = await open({ script: [{ stream: ['The'], end: 'open' }] })
    const running = send(app, 'POST', '/discussions', { task: 'swap', ...question })
    const id = await readBegun(await running)
    await provider.waitUntil(([request]) => request !== undefined)
    expect(await fail(app, {}, `/discussions/${id}/questions`)).toMatchObject({ status: 409, type: 'under-way' })
    await send(app, 'POST', `/discussions/${id}/stop`, { person: 'Ada' })
  })

  test('in the conversation of somebody else is refused', async () => {
    const { app } = await open()
    const { id } = await ask(app)
    expect(await fail(app, { person: 'Bob' }, `/discussions/${id}/questions`)).toMatchObject({ status: 403 })
    expect((await listAll(app, 'Bob')).discussions).toEqual([])
  })
})

/** A body piece by piece. Who leaves the loop leaves the answer, too. */
async function* readPieces(response: Response): AsyncGenerator<string> {
  const pieces = (response.body ?? []) as AsyncIterable<Uint8Array> // a body is of bytes
  const decoder = new TextDecoder()
  for await (const piece of pieces) yield decoder.decode(piece, { stream: true })
}

/** The id of the conversation in which an answer begins to come. */
async function readBegun(response: Response): Promise<string> {
  for await (const piece of readPieces(response)) {
    const [begun] = piece
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as AnswerEvent)
    if (begun?.type === 'begun') return begun.discussion
  }
  throw new Error('the answer did not begin')
}

/** Follows the answer that is coming until this has come. */
async function untilText(app: Hono, id: string, text: string): Promise<void> {
  let lines = ''
  for await (const piece of readPieces(await send(app, 'GET', `/discussions/${id}/answer`))) {
    lines += piece
    const events = lines.trim().split('\n')
    if (events.map((line) => (JSON.parse(line) as { text?: string }).text ?? '').join('') === text) return
  }
  throw new Error(`the answer ended before "${text}" came: ${lines}`)
}

describe('an answer', () => {
  test('that is stopped is kept as far as it came; its request ends and counts at its maximum', async () => {
    const { app, provider } = await open({ script: [{ stream: ['The ', 'rule'], end: 'open' }] })
    const id = await readBegun(await send(app, 'POST', '/discussions', { task: 'swap', ...question }))
    await untilText(app, id, 'The rule')
    expect(await readDiscussion(app, id)).toMatchObject({ turns: [{ answer: { state: 'under-way' } }] })
    expect((await send(app, 'POST', `/discussions/${id}/stop`, { person: 'Ada' })).status).toBe(200)
    expect(await readDiscussion(app, id)).toMatchObject({
      turns: [{ answer: { state: 'stopped', text: 'The rule', cost_usd: null } }],
    })
    await provider.waitUntil(([request]) => request?.closed === true)
    const { budget } = await listAll(app)
    expect(budget.spent_usd).toBe(0)
    expect(budget.counted_usd).toBeGreaterThan(0.01)
  })

  test('goes on when its reader leaves, and another one gets all of it', async () => {
    const { app } = await open({ script: [{ stream: ['The ', 'rule'], end: 'open' }] })
    const response = await send(app, 'POST', '/discussions', { task: 'swap', ...question })
    const id = await readBegun(response)
    await untilText(app, id, 'The rule')
    const rest = await send(app, 'GET', `/discussions/${id}/answer`)
    await send(app, 'POST', `/discussions/${id}/stop`, { person: 'Ada' })
    expect((await readEvents(rest)).slice(1)).toEqual([
      { type: 'delta', text: 'The rule', reasoning: '' },
      { type: 'end' },
    ])
  })

  test.each([
    ['an error in the middle', { stream: ['The'], end: { error: 'Provider fell over' } }, /Provider fell over/],
    ['a stream cut off', { stream: ['The'], end: 'cut' }, /broke off|ended before/],
    ['a refusal', { status: 401, body: { error: { message: `wrong key ${testKey}` } } }, /wrong key \[key\]/],
    ['silence', { reset: true }, /no reply/],
  ] as const)('that fails with %s says why, keeps what came, and can be asked again', async (_, reply, reason) => {
    const { app, provider } = await open({ script: [reply, answer] })
    const { id } = await ask(app)
    const failed = (await readDiscussion(app, id)).turns[0]?.answer
    expect(failed).toMatchObject({ state: 'failed', reason: expect.stringMatching(reason) })
    expect(failed?.text).toBe('stream' in reply ? 'The' : '')
    const { text } = await ask(app, {}, `/discussions/${id}/again`)
    expect(text).toBe('The rule: mirror.')
    const { turns } = await readDiscussion(app, id)
    expect(turns).toMatchObject([{ answer: { state: 'complete', text: 'The rule: mirror.' } }])
    expect(provider.requests.map(({ body }) => body.messages.length)).toEqual([2, 2])
  })

  test('that failed is no part of what is asked next, which shows the task again', async () => {
    const { app, provider } = await open({ script: [{ stream: ['The'], end: { error: 'no' } }, answer] })
    const { id } = await ask(app)
    await ask(app, { text: 'Again?' }, `/discussions/${id}/questions`)
    const messages = provider.requests[1]?.body.messages
    expect(messages?.map(({ role }) => role)).toEqual(['system', 'user'])
    expect(messages?.[1]?.content).toMatch(/Train pair 1[^]*Again\?/)
  })

  test('that was lost with the server leaves its question, which can be asked again, and counts at its maximum', async () => {
    const provider = await startProvider({ script: [{ stream: ['The'], end: 'open' }, answer] })
    const blobs = createMemoryBlobs()
    const models = [buildDiscussionModel(provider.url)]
    const before = serve(openTestDiscussions({ models, blobs, by: 'killed' }))
    const id = await readBegun(await send(before, 'POST', '/discussions', { task: 'swap', ...question }))
    await untilText(before, id, 'The')
    // What follows is another process: it sees only what was stored, and that the first one is gone.
    const after = serve(openTestDiscussions({ models, blobs, by: 'next' }))
    expect(await readDiscussion(after, id)).toMatchObject({
      turns: [{ text: 'What changes?', answer: { state: 'lost', text: '', cost_usd: null } }],
    })
    const lost = (await listAll(after)).budget
    expect(lost).toMatchObject({ spent_usd: 0, unbounded: 0 })
    expect(lost.counted_usd).toBeGreaterThan(0.01)
    await ask(after, {}, `/discussions/${id}/again`)
    expect(await readDiscussion(after, id)).toMatchObject({ turns: [{ answer: { state: 'complete' } }] })
    expect((await listAll(after)).budget.counted_usd).toBeGreaterThan(lost.counted_usd)
    await send(before, 'POST', `/discussions/${id}/stop`, { person: 'Ada' })
  })

  test('shows no key, whatever the provider sends', async () => {
    const { app } = await open({ script: [{ stream: [`key ${testKey}`] }] })
    const { id, events } = await ask(app)
    const everything = JSON.stringify([events, await readDiscussion(app, id), await listAll(app)])
    expect(everything).not.toContain(testKey)
    expect(everything).toContain('[key]')
  })
})

describe('the budget', () => {
  test('refuses what might cost more than is left, before anything is sent', async () => {
    const { app, provider } = await open({ budgetUsd: 0.005 })
    expect(await fail(app, {})).toMatchObject({
      status: 409,
      type: 'budget-reached',
      message: /ARCLOOM_DISCUSSION_BUDGET_USD/,
    })
    expect(provider.requests).toEqual([])
  })

  test('bounds all conversations together, even when they ask at once', async () => {
    const script = Array.from({ length: 6 }, (): Reply => ({ stream: ['The'], end: 'open' }))
    const { app, provider, discussions } = await open({ budgetUsd: 0.045, script })
    const answers = await Promise.all(
      script.map(() => send(app, 'POST', '/discussions', { task: 'swap', ...question })),
    )
    await provider.waitUntil((requests) => requests.length >= 3)
    const ids = (await listAll(app)).discussions.map(({ id }) => id)
    await Promise.all(ids.map((id) => send(app, 'POST', `/discussions/${id}/stop`, { person: 'Ada' })))
    expect(answers.filter(({ status }) => status === 200).length).toBeGreaterThanOrEqual(3)
    expect(provider.requests.length).toBe(3)
    expect((await discussions.ledger.read()).maxSpentUsd()).toBeLessThanOrEqual(0.045)
  })

  test('never stands in the way of a model that costs nothing', async () => {
    const prices = { promptUsdPerMillion: 0, completionUsdPerMillion: 0, asOf: '2026-01-01' }
    const { app } = await open({ budgetUsd: 0, model: { prices } })
    expect((await ask(app)).text).toBe('The rule: mirror.')
  })

  test('cannot bound a model without prices, which is asked only when the person accepts that', async () => {
    const provider = await startProvider({ script: [answer] })
    const { prices: _, ...unpriced } = buildDiscussionModel(provider.url)
    const app = serve(openTestDiscussions({ models: [unpriced] }))
    expect(await fail(app, {})).toMatchObject({ status: 409, type: 'no-price' })
    await ask(app, { accept_unknown_price: true })
    expect((await listAll(app)).budget).toMatchObject({ spent_usd: 0, counted_usd: 0, unbounded: 1 })
  })
})

describe('the models', () => {
  test('are those of the registry; of a key the page learns whether it is there', async () => {
    const { app } = await open({
      others: [buildDiscussionModel('http://127.0.0.1:1', { key: 'B', apiKeyVariable: 'NO_KEY' })],
    })
    const { models } = await listAll(app)
    expect(models).toEqual([
      { key: 'FAKE', provider: 'openai', id: 'fake-1', key_variable: 'FAKE_KEY', has_key: true, priced: true },
      { key: 'B', provider: 'openai', id: 'fake-1', key_variable: 'NO_KEY', has_key: false, priced: true },
    ])
    expect(await fail(app, { model: 'B' })).toMatchObject({ status: 409, type: 'no-key', message: /NO_KEY/ })
  })

  test('are asked by nobody where visitors may not act', async () => {
    const { app, provider, discussions } = await open({ mayAct: false })
    const { id } = await ask(serve(discussions))
    for (const address of ['', `/${id}/questions`, `/${id}/again`, `/${id}/stop`]) {
      expect(await fail(app, {}, `/discussions${address}`)).toMatchObject({ status: 403, type: 'not-allowed' })
    }
    expect(await readDiscussion(app, id)).toMatchObject({ id })
    expect(provider.requests.length).toBe(1)
  })
})

describe('an answer kept as a trace', () => {
  const keep = async (app: Hono, id: string, person = 'Ada') =>
    send(app, 'POST', `/discussions/${id}/traces`, { person, question: 'q1' })

  test('is the model’s, says where it comes from, and is kept once', async () => {
    const { app } = await open()
    const { id } = await ask(app)
    expect((await keep(app, id)).status).toBe(201)
    await keep(app, id)
    const { traces } = await read<{ traces: readonly unknown[] }>(app, '/traces?task=swap')
    expect(traces).toEqual([
      expect.objectContaining({
        username: 'fake',
        text: 'The rule: mirror.',
        discussion: { id, question: 'q1', kept_by: 'Ada' },
      }),
    ])
  })

  test('is removed by whoever kept it, and changed by nobody', async () => {
    const { app } = await open()
    const { id } = await ask(app)
    const { trace_id } = (await (await keep(app, id)).json()) as { trace_id: string }
    const address = `/traces/${encodeURIComponent(trace_id)}`
    expect((await send(app, 'PUT', address, { person: 'Ada', text: 'Mine.' })).status).toBe(403)
    expect((await send(app, 'DELETE', address, { person: 'Bob' })).status).toBe(403)
    expect((await send(app, 'DELETE', address, { person: 'Ada' })).status).toBe(200)
    expect((await send(app, 'POST', `${address}/restore`, { person: 'Ada' })).status).toBe(200)
  })

  test('is refused when it is about transforms that nobody signed, or of somebody else', async () => {
    const { app } = await open()
    const { id } = await ask(app, { steps: 'rotate-90' })
    expect((await keep(app, id)).status).toBe(409)
    expect((await keep(app, id, 'Bob')).status).toBe(403)
  })
})
