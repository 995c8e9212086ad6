import { afterEach, describe, expect, test } from '@jest/globals'
import { findProvider } from '../../src/domain/providers/providers.ts'
import { createEventStreamParser } from '../../src/domain/providers/streams/parse-event-stream.ts'
import type { Streaming } from '../../src/domain/providers/streams/streaming.ts'
import { startFakeProvider, type FakeProvider } from './fake-provider.ts'

let provider: FakeProvider
afterEach(() => provider.close())

const post = (path: string, body: object) =>
  fetch(provider.url + path, { method: 'POST', body: JSON.stringify({ model: 'm', ...body }) })
const ask = (content = 'a b') => post('/chat/completions', { messages: [{ role: 'user', content }] })

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

  describe.each([
    ['/chat/completions', 'local', { messages: [{ role: 'user', content: 'a b' }] }],
    ['/messages', 'anthropic', { system: [{ type: 'text', text: 'a' }], messages: [{ role: 'user', content: 'b' }] }],
  ] as const)('at %s', (path, name, question) => {
    const { readReply, readPayment, streaming } = findProvider(name)
    const usage = { promptTokens: 2, completionTokens: 3 }

    test('answers as that provider does', async () => {
      provider = await startFakeProvider({ reply: () => ({ text: 'x y', reasoning: 'z' }) })
      const body: unknown = await (await post(path, question)).json()
      expect(readReply(body)).toMatchObject({ text: 'x y', reasoning: 'z' })
      expect(readPayment(body)).toMatchObject({ usage })
    })

    test('streams as that provider does', async () => {
      provider = await startFakeProvider({ reply: () => ({ stream: ['x', ' y'], reasoning: 'z', everyMs: 1 }) })
      const parser = createEventStreamParser()
      const streamed = (streaming as Streaming).begin() // both have it
      for (const event of parser.push(await (await post(path, question)).text())) streamed.add(event)
      expect(streamed.isWhole).toBe(true)
      expect(readReply(streamed.body)).toMatchObject({ text: 'x y', reasoning: 'z' })
      expect(readPayment(streamed.body)).toMatchObject({ usage })
    })

    test('a stream may end with an error, or early', async () => {
      provider = await startFakeProvider({
        script: [
          { stream: ['x'], end: { error: 'boom' } },
          { stream: ['x'], end: 'cut' },
        ],
      })
      expect(await (await post(path, question)).text()).toContain('boom')
      await expect(post(path, question).then((response) => response.text())).rejects.toThrow('terminated')
    })
  })

  test('at /responses answers and streams', async () => {
    provider = await startFakeProvider({
      script: [
        { text: 'x y', reasoning: 'z' },
        { stream: ['x', ' y'], reasoning: 'z' },
      ],
    })
    const question = { input: [{ role: 'user', content: [{ type: 'input_text', text: 'a b' }] }] }
    const whole: unknown = await (await post('/responses', question)).json()
    expect(whole).toMatchObject({
      status: 'completed',
      output: [{ type: 'reasoning' }, { type: 'message', content: [{ type: 'output_text', text: 'x y' }] }],
      usage: { input_tokens: 2, output_tokens: 3 },
    })
    const events = await (await post('/responses', question)).text()
    expect(events).toMatch(/^event: response.created\ndata: {"type":"response.created","sequence_number":0,/)
    expect(events).toMatch(/event: response.completed\n.*"status":"completed".*\n\n$/)
  })

  test('keeps the bodies that are not JSON, and replies to any path', async () => {
    provider = await startFakeProvider({ reply: ({ path }) => ({ status: 200, body: { path } }) })
    const reply = await fetch(`${provider.url}/files`, { method: 'POST', body: 'a\nb' })
    expect(await reply.json()).toEqual({ path: '/v1/files' })
    await fetch(`${provider.url}/batches/1`)
    expect(provider.requests).toMatchObject([
      { method: 'POST', sent: 'a\nb', body: {} },
      { method: 'GET', sent: '', path: '/v1/batches/1' },
    ])
  })
})
