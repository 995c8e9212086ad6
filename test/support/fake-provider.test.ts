import { afterEach, describe, expect, test } from '@jest/globals'
import { startFakeProvider, type FakeProvider } from './fake-provider.ts'

let provider: FakeProvider
afterEach(() => provider.close())

const ask = (content = 'a b') =>
  fetch(`${provider.url}/chat/completions`, {
    method: 'POST',
    body: JSON.stringify({ model: 'm', messages: [{ role: 'user', content }] }),
  })

describe('the fake provider', () => {
  test('follows its script, then its replies, and records every request', async () => {
    provider = await startFakeProvider({
      script: [{ status: 429, body: { error: {} }, headers: { 'retry-after': '1' } }],
      reply: ({ body }, nth) => ({ text: `${nth}: ${body.messages[0]?.content}` }),
    })
    const refused = await ask()
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '1'])
    expect(await (await ask('x')).json()).toMatchObject({ choices: [{ message: { content: '1: x' } }] })
    expect(provider.requests).toMatchObject([
      { nth: 0, path: '/v1/chat/completions', aborted: false },
      { nth: 1, body: { model: 'm' }, aborted: false },
    ])
    expect(provider.requests[1]?.answeredAtMs).toBeGreaterThanOrEqual(provider.requests[1]?.receivedAtMs ?? Infinity)
  })

  test('closes while requests hang', async () => {
    provider = await startFakeProvider({ reply: () => ({ hang: true }) })
    const asked = Promise.allSettled([ask()])
    await provider.waitUntil((requests) => requests.length === 1)
    await provider.close()
    expect(await asked).toMatchObject([{ status: 'rejected' }])
  })

  test('says when its port is in use', async () => {
    provider = await startFakeProvider()
    await expect(startFakeProvider({ port: Number(new URL(provider.url).port) })).rejects.toThrow('EADDRINUSE')
  })
})
