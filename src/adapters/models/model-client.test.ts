import { afterEach, describe, expect, test } from '@jest/globals'
import { startFakeProvider, type FakeProvider, type Reply } from '../../../test/support/fake-provider.ts'
import { classifyModelFailure, ModelRequestFailed, type FailedRequest } from '../../domain/models/model-failure.ts'
import type { Sampling } from '../../domain/models/model-spec.ts'
import type { ModelProvider } from '../../domain/providers/providers.ts'
import { patientFetch, type Fetch } from './http/patient-fetch.ts'
import { createModelClient } from './model-client.ts'

const secret = 'sk-or-v1-0123456789abcdef'
const message = (content: unknown, rest: object = {}, finish_reason = 'stop') => ({
  choices: [{ message: { role: 'assistant', content, ...rest }, finish_reason }],
})

let provider: FakeProvider
afterEach(() => provider.close())

interface Asked {
  readonly provider?: ModelProvider
  readonly sampling?: Sampling
  readonly signal?: AbortSignal
  readonly timeoutMs?: number
  readonly fetch?: Fetch
}

async function ask(script: readonly Reply[], asked: Asked = {}) {
  provider = await startFakeProvider({ script })
  return complete(asked)
}

function complete(asked: Asked) {
  const { sampling = {}, signal = new AbortController().signal, timeoutMs = 60_000, fetch = patientFetch } = asked
  const client = createModelClient({ apiKey: () => secret, patience: { timeoutMs }, fetch })
  const model = {
    provider: asked.provider ?? 'openrouter',
    id: 'a/model',
    baseUrl: provider.url,
    apiKeyVariable: 'KEY',
  }
  return client.complete({ model, messages: [{ role: 'user', content: 'a b c' }], sampling }, signal)
}

async function fail(replies: readonly Reply[], asked: Asked = {}): Promise<FailedRequest> {
  const error: unknown = await ask(replies, asked).catch((error: unknown) => error)
  if (error instanceof ModelRequestFailed) return error.failed
  throw new Error(`expected a ModelRequestFailed, got ${String(error)}`)
}

describe('a reply', () => {
  test('is parsed into text, tokens, finish reason and the whole body', async () => {
    const reply = await ask([{ text: 'hello there', headers: { 'x-request-id': 'req-1' } }])
    expect(reply).toEqual({
      response: expect.objectContaining({ object: 'chat.completion', model: 'a/model' }),
      text: 'hello there',
      finishReason: 'stop',
      usage: { promptTokens: 3, completionTokens: 2 },
      requestId: 'req-1',
      servedBy: { model: 'a/model', host: null },
    })
  })

  test('has the cost that the provider reports, plus what the provider behind it charges a user’s own key', async () => {
    const usage = {
      prompt_tokens: 3,
      completion_tokens: 2,
      cost: 0.5,
      completion_tokens_details: { reasoning_tokens: 1 },
    }
    const byok = { ...usage, is_byok: true, cost_details: { upstream_inference_cost: 2 } }
    expect(await ask([{ text: 'x', body: { usage } }])).toMatchObject({
      claimedCost: 0.5,
      usage: { reasoningTokens: 1 },
    })
    await provider.close()
    expect((await ask([{ text: 'x', body: { usage: byok } }])).claimedCost).toBe(2.5)
  })

  test.each([
    ['reasoning', { reasoning: 'because' }],
    ['reasoning_content', { reasoning_content: 'because' }],
  ])('keeps the reasoning in the field %s apart', async (_, field) => {
    expect(await ask([{ text: '', body: message('4', field) }])).toMatchObject({ text: '4', reasoning: 'because' })
  })

  test('may be a refusal, or consist of parts', async () => {
    const content = [
      { type: 'text', text: 'a' },
      { type: 'text', text: 'b' },
    ]
    const reply = await ask([{ text: '', body: message(content, { refusal: 'no' }) }])
    expect(reply).toMatchObject({ text: 'ab', refusal: 'no' })
  })

  test.each([
    ['was cut', message('', {}, 'length')],
    ['was filtered', message(null, {}, 'content_filter')],
    ['spent its tokens on reasoning', { ...message(null), usage: { prompt_tokens: 3, completion_tokens: 9 } }],
    ['reasoned only', { ...message('', { reasoning: 'hm' }), usage: undefined }],
  ])('may be empty when the model %s', async (_, body) => {
    expect((await ask([{ text: '', body }])).text).toBe('')
  })

  test('is parsed from JSON with a text content type, after keep-alive blanks', async () => {
    const body = `\n\n  ${JSON.stringify(message('4'))}`
    expect((await ask([{ status: 200, body }])).text).toBe('4')
  })
})

describe('a request', () => {
  const sampling = { temperature: 0, maxTokens: 100, reasoningEffort: 'low', seed: 7 }

  test.each([
    ['openai', { max_completion_tokens: 100 }],
    ['local', { max_tokens: 100 }],
    ['baseline', { max_tokens: 100 }],
    ['openrouter', { max_tokens: 100, usage: { include: true } }],
  ] as const)('sends %s its parameters under their names', async (name, own) => {
    await ask([{ text: 'x' }], { provider: name, sampling })
    expect(provider.requests[0]?.body).toEqual({
      model: 'a/model',
      messages: [{ role: 'user', content: 'a b c' }],
      temperature: 0,
      reasoning_effort: 'low',
      seed: 7,
      ...own,
    })
  })

  test('leaves out unset parameters', async () => {
    await ask([{ text: 'x' }], { provider: 'local' })
    expect(Object.keys(provider.requests[0]?.body ?? {}).sort()).toEqual(['messages', 'model'])
  })

  test('goes to the completions path of the base URL, with the key and a user agent', async () => {
    await ask([{ text: 'x' }])
    expect(provider.requests[0]).toMatchObject({
      path: '/v1/chat/completions',
      headers: { authorization: `Bearer ${secret}`, 'x-title': 'Arcloom' },
    })
  })

  test.each(['', '/', '/chat/completions', '/completions/'])(
    'reaches that path from a base URL followed by %j',
    async (end) => {
      provider = await startFakeProvider()
      const model = { provider: 'local', id: 'm', baseUrl: `${provider.url}${end}?api-version=2` } as const
      const client = createModelClient({ apiKey: () => undefined })
      await client.complete({ model, messages: [], sampling: {} }, new AbortController().signal)
      expect(provider.requests[0]?.path).toBe('/v1/chat/completions?api-version=2')
    },
  )

  test('is sent without a key when none is needed', async () => {
    provider = await startFakeProvider()
    const client = createModelClient({ apiKey: () => secret })
    const model = { provider: 'local', id: 'm', baseUrl: provider.url } as const
    await client.complete({ model, messages: [], sampling: {} }, new AbortController().signal)
    expect(provider.requests[0]?.headers.authorization).toBeUndefined()
  })

  test('without a key says so when it is refused', async () => {
    provider = await startFakeProvider({ script: [{ status: 401, body: { error: { message: 'Incorrect API key' } } }] })
    const client = createModelClient({ apiKey: () => secret })
    const model = { provider: 'openai', id: 'm', baseUrl: provider.url } as const
    const asked = client.complete({ model, messages: [], sampling: {} }, new AbortController().signal)
    await expect(asked).rejects.toMatchObject({ failed: { status: 401, keyless: true } })
  })

  test.each([undefined, '', '  '])('is not sent when its key is missing (%j)', async (key) => {
    provider = await startFakeProvider()
    const client = createModelClient({ apiKey: () => key })
    const model = { provider: 'openai', id: 'm', baseUrl: provider.url, apiKeyVariable: 'OPENAI_API_KEY' } as const
    const asked = client.complete({ model, messages: [], sampling: {} }, new AbortController().signal)
    await expect(asked).rejects.toThrow('OPENAI_API_KEY')
    await expect(asked).rejects.toMatchObject({ failed: { code: 'missing_api_key' } })
    expect(provider.requests).toEqual([])
  })
})

describe('a failure', () => {
  test('has the status, code and message of the provider, and its pause', async () => {
    const body = { error: { message: 'You are too fast', type: 'requests', code: 'rate_limit_exceeded' } }
    expect(await fail([{ status: 429, body, headers: { 'retry-after': '7', 'set-cookie': 'x' } }])).toEqual({
      status: 429,
      code: 'rate_limit_exceeded',
      message: 'You are too fast',
      headers: { 'retry-after': '7' },
      address: `${provider.url}/chat/completions`,
      path: '/chat/completions',
    })
  })

  test.each([408, 409, 429, 500])('with status %i is not retried by the client', async (status) => {
    await fail([{ status, body: {} }])
    expect(provider.requests).toHaveLength(1)
  })

  test.each<[string, Reply, Partial<FailedRequest>, string]>([
    ['a reset connection', { reset: true }, { message: expect.stringMatching(/^no reply: /) as never }, 'no-reply'],
    ['a body that breaks off', { broken: true }, {}, 'broken-reply'],
    ['a body that is not JSON', { status: 200, body: 'Welcome' }, { reply: 'broken' }, 'broken-reply'],
    ['a web page', { status: 200, body: '<p>Welcome' }, { reply: 'page' }, 'broken-reply'],
    ['an empty body', { status: 200, body: '' }, { reply: 'broken', message: 'empty body' }, 'broken-reply'],
    ['a body without a choice', { status: 200, body: { choices: [] } }, { reply: 'broken' }, 'broken-reply'],
    [
      'half a JSON body',
      { status: 200, body: '{"choi', headers: { 'content-type': 'application/json' } },
      { reply: 'broken' },
      'broken-reply',
    ],
    [
      'an error in place of the answer',
      { status: 200, body: { error: { message: 'Provider returned error', code: 502 } } },
      { reply: 'error-body', status: 502, message: 'Provider returned error' },
      'server-error',
    ],
    [
      'an error in place of the choice',
      { status: 200, body: { choices: [{ error: { message: 'overloaded', code: 429 } }] } },
      { reply: 'error-body', status: 429 },
      'rate-limit',
    ],
    [
      'an empty message without tokens',
      { text: '', body: { usage: { prompt_tokens: 3, completion_tokens: 0 } } },
      { reply: 'empty' },
      'empty-reply',
    ],
  ])('%s is worth a retry', async (_, reply, expected, because) => {
    const failed = await fail([reply])
    expect(failed).toMatchObject(expected)
    expect(classifyModelFailure(failed, 0)).toMatchObject({ kind: 'try-again', because })
  })

  test('knows what was paid for nothing', async () => {
    const usage = { prompt_tokens: 3, completion_tokens: 0, cost: 0.25 }
    await expect(ask([{ text: '', body: { usage } }])).rejects.toMatchObject({
      paid: { usage: { promptTokens: 3 }, claimedCost: 0.25, requestId: 'fake-0' },
    })
  })

  test.each<[string, Reply]>([
    ['headers', { hang: true }],
    ['the body’s bytes', { hang: true, headers: { 'content-type': 'application/json' } }],
  ])('is a timeout when %s never come', async (_, reply) => {
    const failed = await fail([reply], { timeoutMs: 200 })
    expect(failed.code).toBe('timeout')
    expect(classifyModelFailure(failed, 0).kind).toBe('try-again')
    await provider.waitUntil(([request]) => request?.aborted === true)
  })

  test('names the address that does not answer', async () => {
    provider = await startFakeProvider()
    await provider.close()
    const client = createModelClient({ apiKey: () => undefined })
    const model = { provider: 'local', id: 'm', baseUrl: provider.url } as const
    const asked = client.complete({ model, messages: [], sampling: {} }, new AbortController().signal)
    await expect(asked).rejects.toMatchObject({
      failed: { message: expect.stringContaining('connect ECONNREFUSED 127.0.0.1') },
    })
  })
})

describe('an abort', () => {
  const reason = new Error('cancelled')

  test('before the headers rejects with its own reason and closes the connection', async () => {
    const controller = new AbortController()
    provider = await startFakeProvider({ script: [{ hang: true }] })
    const asked = Promise.allSettled([complete({ signal: controller.signal })])
    await provider.waitUntil((requests) => requests.length === 1)
    controller.abort(reason)
    expect(await asked).toEqual([{ status: 'rejected', reason }])
    await provider.waitUntil(([request]) => request?.aborted === true)
  })

  test('during the body does so too', async () => {
    const controller = new AbortController()
    const fetch: Fetch = async (...request) => {
      const response = await patientFetch(...request)
      setImmediate(() => controller.abort(reason))
      return response
    }
    const json = { 'content-type': 'application/json' }
    await expect(ask([{ hang: true, headers: json }], { signal: controller.signal, fetch })).rejects.toBe(reason)
    await provider.waitUntil(([request]) => request?.aborted === true)
  })

  test('before the call sends nothing', async () => {
    await expect(ask([], { signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
    expect(provider.requests).toEqual([])
  })
})

describe('the key', () => {
  const echo = `got Authorization: Bearer ${secret}`

  test.each<[string, Reply]>([
    [
      'an error',
      { status: 401, body: { error: { message: echo, code: secret } }, headers: { 'x-request-id': secret } },
    ],
    ['a plain error', { status: 500, body: echo }],
    ['an error with HTTP 200', { status: 200, body: { error: { message: echo } } }],
    ['a broken reply', { status: 200, body: echo }],
  ])('is in nothing that is thrown for %s', async (_, reply) => {
    const error: unknown = await ask([reply]).catch((error: unknown) => error)
    expect(error).toBeInstanceOf(ModelRequestFailed)
    expect(showAll(error)).not.toContain(secret)
  })

  test('is not partly shown when a long body is cut', async () => {
    for (const length of [150, 190, 570, 590]) {
      const error: unknown = await ask([{ status: 500, body: 'x'.repeat(length) + secret }]).catch(
        (error: unknown) => error,
      )
      expect(showAll(error)).not.toContain(secret.slice(0, 10))
      await provider.close()
    }
  })

  test('is not shown when it cannot even be sent', async () => {
    provider = await startFakeProvider()
    const client = createModelClient({ apiKey: () => `${secret}\u2028${secret}` })
    const model = { provider: 'openai', id: 'm', baseUrl: provider.url, apiKeyVariable: 'KEY' } as const
    const asked = client.complete({ model, messages: [], sampling: {} }, new AbortController().signal)
    const error: unknown = await asked.catch((error: unknown) => error)
    expect(error).toBeInstanceOf(ModelRequestFailed)
    expect(showAll(error)).not.toContain(secret)
    expect(provider.requests).toEqual([])
  })

  test('is removed from the reply, however deeply it was echoed', async () => {
    const reply = await ask([{ text: echo, body: { debug: [{ [secret]: { headers: [echo] } }] } }])
    expect(showAll(reply)).not.toContain(secret)
    expect(reply.text).toBe('got Authorization: Bearer [key]')
  })
})

/** Everything that a logger or a failure converter could find on a value. */
function showAll(value: unknown): string {
  const error = value as Error
  return JSON.stringify([value, error.message, error.stack, error.cause, Object.entries(error as object)])
}
