import { afterEach, describe, expect, test } from '@jest/globals'
import { createBackgroundCalls, type BackgroundCallsOptions } from '../../../../test/support/background-calls.ts'
import { startFakeProvider, type FakeProvider } from '../../../../test/support/fake-provider.ts'
import { CallLost } from '../../../domain/models/call-lost.ts'
import { ModelRequestFailed } from '../../../domain/models/model-failure.ts'
import { createModelClient } from '../model-client.ts'

let provider: FakeProvider
afterEach(() => provider.close())

const secret = 'sk-proj-0123456789abcdef'
const patient = () => new AbortController().signal

async function open(options: Partial<BackgroundCallsOptions> = {}) {
  const { reply, calls } = createBackgroundCalls({ durationMs: 300, ...options })
  provider = await startFakeProvider({ reply })
  const client = createModelClient({ apiKey: () => secret })
  const model = {
    provider: 'openai',
    id: 'o3',
    api: 'responses',
    baseUrl: provider.url,
    apiKeyVariable: 'KEY',
  } as const
  const accepted: string[] = []
  const onBackgroundCall = (id: string) => {
    accepted.push(id)
    return Promise.resolve()
  }
  const messages = [{ role: 'user', content: 'a b c' }] as const
  const asked = { model, messages, sampling: {}, onBackgroundCall }
  const found = (id: string) => ({ model, id, sentAtMs: Date.now() })
  return { client, calls, asked, accepted, found }
}

async function fail(result: Promise<unknown>) {
  const error: unknown = await result.catch((error: unknown) => error)
  if (error instanceof ModelRequestFailed) return error.failed
  throw new Error(`expected a ModelRequestFailed, got ${String(error)}`)
}

const paths = () => provider.requests.map(({ method, path }) => `${method} ${path.replace(/\?.*/, '')}`)

describe('a call in the background', () => {
  test('is named before it is waited for, and looked for until it is answered', async () => {
    const { client, asked, accepted } = await open({ text: 'Hello.', reasoning: 'Hm.' })
    const reply = await client.complete(asked, patient())
    expect(reply).toMatchObject({ text: 'Hello.', reasoning: 'Hm.', finishReason: 'stop' })
    expect(reply.usage).toMatchObject({ promptTokens: 10, completionTokens: 20 })
    expect(accepted).toEqual(['resp_0'])
    expect(paths()).toEqual(['POST /v1/responses', 'GET /v1/responses/resp_0'])
    expect(provider.requests[0]?.body).toMatchObject({ background: true, store: true })
    expect(provider.requests[1]?.headers.authorization).toBe(`Bearer ${secret}`)
  })

  test('is not one where nobody could keep its name, or the entry says so', async () => {
    const { client, asked } = await open()
    const { onBackgroundCall: _, ...unnamed } = asked
    await client.complete(unnamed, patient())
    await client.complete({ ...asked, model: { ...asked.model, background: false } as never }, patient())
    expect(paths()).toEqual(['POST /v1/responses', 'POST /v1/responses'])
    for (const { body } of provider.requests) expect(body).toMatchObject({ store: false })
  })

  test('is streamed instead where nobody could keep its name, and somebody watches', async () => {
    const { client, asked } = await open({ disturb: () => ({ stream: ['Hel', 'lo.'], reasoning: 'Hm.' }) })
    const { onBackgroundCall: _, ...unnamed } = asked
    const seen: string[] = []
    const onDelta = ({ text, reasoning }: { readonly text: string; readonly reasoning: string }) =>
      void seen.push(text || reasoning)
    expect(await client.complete({ ...unnamed, onDelta }, patient())).toMatchObject({
      text: 'Hello.',
      reasoning: 'Hm.',
    })
    expect(seen).toEqual(['Hm.', 'Hel', 'lo.'])
    expect(provider.requests[0]?.body).toMatchObject({ stream: true, store: false })
  })

  test('may be answered at once by a server that has no background', async () => {
    const { client, asked, accepted } = await open({ disturb: () => ({ text: 'At once.' }) })
    expect(await client.complete(asked, patient())).toMatchObject({ text: 'At once.' })
    expect(accepted).toEqual([])
  })

  test('goes on at the provider when nobody waits for it any more, and is fetched later by its id, at once', async () => {
    const { client, asked, found } = await open()
    const leaving = new AbortController()
    const onBackgroundCall = () => Promise.resolve(leaving.abort(new Error('gone')))
    await expect(client.complete({ ...asked, onBackgroundCall }, leaving.signal)).rejects.toThrow('gone')
    expect(await client.collect(found('resp_0'), patient())).toMatchObject({ text: 'Hello.' })
    expect(paths().filter((path) => path.startsWith('POST'))).toHaveLength(1)
  })

  test.each([
    ['503: overloaded', { status: 503, body: { error: { message: 'overloaded' } } }],
    ['an unreadable reply', { status: 200, body: '{"id": "resp_' }],
    ['502: Bad Gateway', { status: 502, body: '<html><body>Bad Gateway</body></html>' }],
  ])(
    'is waited for where a look fails: %s',
    async (words, reply) => {
      let looks = 0
      const disturb = ({ method }: { readonly method: string }) =>
        method === 'GET' && looks++ === 0 ? reply : undefined
      const { client, asked } = await open({ disturb })
      const said: string[] = []
      const { text } = await client.complete({ ...asked, say: (doing) => said.push(doing) }, patient())
      expect(text).toBe('Hello.')
      expect(said).toEqual([`openai has resp_0, and does not say how it is: ${words}`])
    },
    30_000,
  )

  test('that failed says why', async () => {
    const error = { code: 'rate_limit_exceeded', message: 'Rate limit reached' }
    const body = { id: 'resp_0', object: 'response', status: 'failed', output: [], error, usage: null }
    const { client, found } = await open({ disturb: () => ({ status: 200, body }) })
    const failed = await fail(client.collect(found('resp_0'), patient()))
    expect(failed).toMatchObject({ status: 429, message: 'Rate limit reached', reply: 'error-body' })
    expect(failed).not.toHaveProperty('stillOpen')
  })

  test('that the provider does not know any more is lost', async () => {
    const { client, found } = await open()
    await expect(client.collect(found('resp_9'), patient())).rejects.toThrow(CallLost)
  })

  test.each([
    ['a wrong key', { status: 401, body: { error: { message: 'Incorrect API key provided' } } }],
    ['a wrong address', { status: 404, body: '404 page not found' }],
    ['an address of another API', { status: 404, body: { detail: 'Not Found' } }],
  ])('stays open where a person has to act first: %s', async (_, reply) => {
    const { client, found } = await open({ disturb: () => reply })
    const failed = await fail(client.collect(found('resp_0'), patient()))
    expect(failed).toMatchObject({ status: reply.status, stillOpen: true, method: 'GET' })
  })
})

describe('cancelling a call', () => {
  test('ends it at the provider', async () => {
    const { client, asked, found, calls } = await open({ durationMs: 60_000 })
    const leaving = new AbortController()
    const left = client.complete(
      { ...asked, onBackgroundCall: () => Promise.resolve(leaving.abort(new Error('gone'))) },
      leaving.signal,
    )
    await expect(left).rejects.toThrow('gone')
    expect(await client.cancel(found('resp_0'))).toMatchObject({ paid: { usage: { promptTokens: null } } })
    expect(calls.get('resp_0')?.isCancelled).toBe(true)
  })

  test('brings the answer of one that had ended already, even if the server refuses to cancel it', async () => {
    const { client, asked, found } = await open({
      durationMs: 0,
      disturb: ({ path }) =>
        path.endsWith('/cancel')
          ? { status: 400, body: { error: { message: 'Cannot cancel a synchronous response.' } } }
          : undefined,
    })
    await client.complete(asked, patient())
    expect(await client.cancel(found('resp_0'))).toMatchObject({ reply: { text: 'Hello.' } })
  })

  test('fails where the provider does not do it', async () => {
    const { client, found } = await open({ disturb: () => ({ status: 500, body: 'no' }) })
    expect(await fail(client.cancel(found('resp_0')))).toMatchObject({ status: 500 })
  })
})
