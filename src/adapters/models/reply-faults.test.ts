import { spawn } from 'node:child_process'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { json as readJson } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from '@jest/globals'
import { closeAfterEach } from '../../../test/support/close-after-each.ts'
import { startFakeProvider, type FakeProvider, type Reply } from '../../../test/support/fake-provider.ts'
import { classifyModelFailure, ModelRequestFailed, type ModelFailure } from '../../domain/models/model-failure.ts'
import type { ModelLimits } from '../../domain/models/model-spec.ts'
import { createModelClient } from './model-client.ts'

const completion = { choices: [{ message: { role: 'assistant', content: '4' }, finish_reason: 'stop' }] }
const usage = { prompt_tokens: 700, completion_tokens: 60 }
const json = { 'content-type': 'application/json' }

const closeAfter = closeAfterEach()
const askModel = fileURLToPath(new URL('../../../test/support/ask-model.ts', import.meta.url))

/** Written by hand, since `JSON.stringify` cannot nest this deep. */
const nest = (depth: number) => '['.repeat(depth) + ']'.repeat(depth)

let provider: FakeProvider

async function ask(reply: Reply, change: { path?: string; baseUrl?: string; limits?: ModelLimits; key?: string } = {}) {
  provider = await closeAfter(startFakeProvider({ reply: () => reply }))
  const client = createModelClient({ apiKey: () => change.key })
  const model = {
    provider: 'local',
    id: 'm',
    baseUrl: change.baseUrl ?? provider.url.replace('/v1', change.path ?? '/v1'),
    limits: change.limits ?? {},
    ...(change.key !== undefined && { apiKeyVariable: 'KEY' }),
  } as const
  const request = { model, messages: [{ role: 'user', content: 'a' }] as const, sampling: {} }
  return client.complete(request, new AbortController().signal)
}

async function fail(...asked: Parameters<typeof ask>): Promise<{ failed: ModelRequestFailed; failure: ModelFailure }> {
  const error: unknown = await ask(...asked).catch((error: unknown) => error)
  if (!(error instanceof ModelRequestFailed)) throw new Error(`expected a ModelRequestFailed, got ${String(error)}`)
  return { failed: error, failure: classifyModelFailure(error.failed, 0) }
}

describe('a readable reply', () => {
  const text = JSON.stringify(completion)
  test.each<[string, Reply]>([
    ['comments before it', { status: 200, body: `: OPENROUTER PROCESSING\n\n: OPENROUTER PROCESSING\n\n${text}` }],
    ['comments before it, with a JSON content type', { status: 200, body: `: ping\r\n${text}`, headers: json }],
    ['a byte order mark', { status: 200, body: `\uFEFF${text}`, headers: json }],
    ['blank lines', { status: 200, body: `\n\n  \n${text}`, headers: json }],
    ['no content type for JSON', { status: 200, body: text, headers: { 'content-type': 'text/html' } }],
    ['compression', { status: 200, body: gzipSync(text), headers: { ...json, 'content-encoding': 'gzip' } }],
    ['the form of a stream', { stream: ['4'] }],
    ['the form of a stream, and another type', { stream: ['4'], headers: { 'content-type': 'application/json' } }],
    ['headers of 40 KB', { status: 200, body: completion, headers: { 'set-cookie': 'c'.repeat(40_000) } }],
  ])('may have %s', async (_, reply) => expect((await ask(reply)).text).toBe('4'))
})

describe('an unusable reply is retried a few times', () => {
  test.each<[string, Reply, RegExp]>([
    [
      'a choice without a message',
      { status: 200, body: { choices: [{ text: '4' }], usage } },
      /no message in the body/,
    ],
    ['a null message', { status: 200, body: { choices: [{ message: null }], usage } }, /no message in the body/],
    ['no choice', { status: 200, body: { choices: [], usage } }, /no message in the body/],
    ['choices that are not a list', { status: 200, body: { choices: 'four', usage } }, /no message in the body/],
    ['a stream of nothing', { status: 200, body: 'data: {"choices":[]}\n\ndata: [DONE]\n\n' }, /empty message/],
    ['a stream that breaks off', { stream: ['x'], end: 'cut' }, /the reply broke off/],
    ['a stream with an error', { stream: ['x'], end: { error: 'boom' } }, /boom/],
    ['NaN', { status: 200, body: '{"choices": NaN}', headers: json }, /not JSON: {"choices": NaN}/],
    ['half of its JSON', { status: 200, body: '{"choices": [', headers: json }, /not JSON/],
    ['nothing', { status: 200, body: '', headers: json }, /empty body/],
    ['no content', { status: 204, body: '' }, /empty body/],
    ['nothing but comments', { status: 200, body: ': ping\n: ping\n' }, /empty body/],
    ['null', { status: 200, body: 'null', headers: json }, /not JSON: null/],
    ['a list', { status: 200, body: [1, 2] }, /no message/],
    ['an error without a status', { status: 200, body: { error: 'boom' } }, /boom/],
    [
      'an error in the middle of the answer',
      { text: 'x', body: { choices: [{ message: {}, finish_reason: 'error' }] } },
      /stopped with an error/,
    ],
    ['a connection that ends in the middle', { broken: true }, /the reply broke off/],
    [
      'deeply nested lists beside an answer',
      { status: 200, body: `{"choices":[{"message":{"content":"4"}}],"more":${nest(20_000)}}`, headers: json },
      /nested too deeply/,
    ],
    [
      'an endless finish reason',
      { text: '', body: { choices: [{ message: { content: '' }, finish_reason: 'x'.repeat(1e6) }], usage: {} } },
      /^.{0,400}$/s,
    ],
  ])('%s', async (_, reply, words) => {
    const { failure } = await fail(reply)
    expect(failure).toMatchObject({ kind: 'try-again', few: true })
    expect(failure.reason).toMatch(words)
    expect(failure).not.toHaveProperty('addressFault')
  })

  test('a reply over the size limit is not read further, and the connection is closed', async () => {
    const { failure } = await fail({ endless: ' '.repeat(64 * 1024) }, { limits: { maxReplyMegabytes: 3 } })
    expect(failure).toMatchObject({ kind: 'try-again', few: true })
    expect(failure.reason).toMatch(/longer than 3 MB.*maxReplyMegabytes/)
    await provider.waitUntil(([request]) => request?.closed === true)
  })

  test('an endless error is read up to its message', async () => {
    const { failed } = await fail({ endless: 'overloaded ', status: 503 })
    expect(failed.failed).toMatchObject({ status: 503, message: expect.stringMatching(/^overloaded/) })
    await provider.waitUntil(([request]) => request?.closed === true)
  })
})

test.each([
  ['an answer', 200, /longer than 2 MB/],
  ['an error', 503, /^ModelRequestFailed: overloaded/],
])('%s of 50 MB is never held in memory whole', async (_, status, words) => {
  const { url, requests } = await closeAfter(
    startFakeProvider({ reply: () => ({ status, body: 'overloaded'.padEnd(50_000_000) }) }),
  )
  const child = spawn(process.execPath, [askModel, url, '2', '4'], { stdio: ['ignore', 'pipe', 'ignore'] })
  const { failures, grownMegabytes } = (await readJson(child.stdout)) as { failures: string[]; grownMegabytes: number }
  expect(failures).toEqual(Array(4).fill(expect.stringMatching(words)))
  expect(requests).toHaveLength(4)
  expect(grownMegabytes).toBeLessThan(50)
})

test.each([
  ['details', `{"detail": ${nest(20_000)}}`],
  ['words of the provider behind', `{"error": {"message": "no", "metadata": {"raw": ${nest(20_000)}}}}`],
  ['details for machines', `{"error": {"message": "no", "details": ${nest(20_000)}}}`],
])('an error with endlessly nested %s is described by its status', async (_, body) => {
  const { failed, failure } = await fail({ status: 422, body, headers: json })
  expect(failed.failed.status).toBe(422)
  expect(failure.kind).toBe('end-sample')
})

test('a reply that was charged says so, however broken it is', async () => {
  const { failed } = await fail({ status: 200, body: { choices: [], usage: { ...usage, cost: 0.5 } } })
  expect(failed.paid).toMatchObject({ usage: { promptTokens: 700, completionTokens: 60 }, claimedCost: 0.5 })
})

describe('token counts are unknown', () => {
  test.each<[string, unknown]>([
    ['usage is missing', undefined],
    ['usage is null', null],
    ['usage is text', 'many'],
    ['a count is missing', { total_tokens: 760 }],
    ['a count is negative', { prompt_tokens: -1, completion_tokens: -60 }],
    ['a count is huge', { prompt_tokens: 1e12, completion_tokens: 9e15 }],
    ['a count is a fraction', { prompt_tokens: 0.5, completion_tokens: 60.25 }],
    ['a count is text', { prompt_tokens: '700', completion_tokens: '60' }],
    ['a count is null', { prompt_tokens: null, completion_tokens: null }],
    ['counts are zero although there is text', { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 }],
  ])('when %s', async (_, given) => {
    const body = { ...completion, usage: given }
    expect((await ask({ text: '', body })).usage).toEqual({ promptTokens: null, completionTokens: null })
  })

  test('one by one', async () =>
    expect((await ask({ text: '', body: { ...completion, usage: { prompt_tokens: 7 } } })).usage).toEqual({
      promptTokens: 7,
      completionTokens: null,
    }))
})

describe('a cost reported by the provider', () => {
  test.each<[unknown, unknown]>([
    [0.25, 0.25],
    [0, 0],
    [-1, -1],
    ['0.25', 'unreadable'],
    [{}, 'unreadable'],
    [null, undefined],
  ])('of %j is read as %j', async (cost, claimed) => {
    const body = { ...completion, usage: { ...usage, cost } }
    expect((await ask({ text: '', body })).claimedCost).toBe(claimed)
  })

  test('larger than any number is invalid', async () => {
    const body = JSON.stringify({ ...completion, usage: { cost: 'x' } }).replace('"x"', '1e999')
    expect((await ask({ status: 200, body, headers: json })).claimedCost).toBe('unreadable')
  })

  test('is unknown when the user’s own key pays and nobody says how much', async () => {
    const body = { ...completion, usage: { ...usage, cost: 0, is_byok: true } }
    expect((await ask({ text: '', body })).claimedCost).toBeUndefined()
  })
})

describe('a fault common to all requests names the address and what to write', () => {
  test.each<[string, Reply, RegExp]>([
    ['a web page', { status: 200, body: '<!DOCTYPE html><title>Sign in</title>' }, /web page.*Sign in.*in a browser/],
    [
      'a body that claims to be gzip and is not',
      { status: 200, body: 'plain', headers: { ...json, 'content-encoding': 'gzip' } },
      /says that it is gzip and is not/,
    ],
    ['endless headers', { status: 200, body: '', headers: { 'x-long': 'x'.repeat(70_000) } }, /longer than 64 KB/],
  ])('%s', async (_, reply, words) => {
    const { failure } = await fail(reply)
    expect(failure).toMatchObject({ kind: 'try-again', few: true, addressFault: true })
    expect(failure.reason).toMatch(words)
    expect(failure.reason).toContain(`POST ${provider.url}/chat/completions`)
  })

  test.each<[string, string, Reply, RegExp]>([
    [
      'no /v1',
      '',
      { status: 404, body: 'Not Found' },
      /404: Not Found\. The request was POST (\S+\/chat\/completions)\. .*write \S+\/v1 /,
    ],
    ['another path', '/v1/x', { status: 405, body: '' }, /Is the base URL \S+\/v1\/x right/],
    [
      'an address that has moved',
      '/v1',
      { status: 308, body: '', headers: { location: '/api/v1/chat/completions' } },
      /write http:\/\/127\.0\.0\.1:\d+\/api\/v1 /,
    ],
    [
      'http where the server says that it speaks TLS',
      '/v1',
      { status: 400, body: 'Client sent an HTTP request to an HTTPS server.' },
      /expects https: write https:\/\/127/,
    ],
  ])('a base URL with %s', async (_, path, reply, words) => {
    const { failure } = await fail(reply, { path })
    expect(failure.kind).toBe('stop-run')
    expect(failure.reason).toMatch(words)
  })

  test('https where the server does not speak TLS', async () => {
    const plain = await closeAfter(startFakeProvider())
    const { failure } = await fail({ text: 'x' }, { baseUrl: plain.url.replace('http:', 'https:') })
    expect(failure).toMatchObject({ kind: 'try-again', addressFault: true })
    expect(failure.reason).toMatch(/does not speak TLS: write http:\/\/127/)
  })

  test('http where the server speaks TLS and says nothing', async () => {
    const server = createServer((_, outgoing) => outgoing.end())
    void closeAfter({ close: () => server.close().closeAllConnections() })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo // a TCP server has no other kind of address
    const { failed } = await fail({ text: 'x' }, { baseUrl: `http://127.0.0.1:${port}/v1` })
    expect(failed.failed.message).toMatch(/^no reply: /)
  })

  test('an unknown host name', async () => {
    const { failure } = await fail({ text: 'x' }, { baseUrl: 'http://nowhere.invalid/v1' })
    expect(failure.reason).toMatch(/nowhere\.invalid/)
  })

  test('an unknown model does not blame the address', async () => {
    const body = { error: { message: 'The model `x` does not exist', code: 'model_not_found' } }
    const { failure } = await fail({ status: 404, body })
    expect(failure.reason).not.toMatch(/base URL/)
  })
})

test.each(['/v1/', '/v1//', '/v1/chat/completions', '/v1/chat/completions/', '/v1/completions'])(
  'a base URL that ends in %s is understood',
  async (path) => {
    await ask({ text: 'x' }, { path })
    expect(provider.requests[0]?.path).toBe('/v1/chat/completions')
  },
)

test.each(['“sk-or-v1-0123456789abcdef”', 'sk-or-v1-0123\n456789abcdef', '"sk-or-v1-0123456789abcdef"'])(
  'a key that cannot be sent (%j) is reported before any request, and not shown',
  async (key) => {
    const { failed, failure } = await fail({ text: 'x' }, { key })
    expect(failure.kind).toBe('stop-run')
    expect(failure.reason).toMatch(/KEY, which holds the key of this model, cannot be sent/)
    expect(failure.reason).not.toContain('0123')
    expect(failed.failed.neverSent).toBe(true)
    expect(provider.requests).toEqual([])
  },
)
