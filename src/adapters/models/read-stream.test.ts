import { readFileSync } from 'node:fs'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, test } from '@jest/globals'
import { closeAfterEach } from '../../../test/support/close-after-each.ts'
import { ModelRequestFailed } from '../../domain/models/model-failure.ts'
import type { ModelProvider } from '../../domain/providers/providers.ts'
import { createModelClient } from './model-client.ts'

const secret = 'sk-or-v1-0123456789abcdef'
const recorded = (name: string) =>
  readFileSync(new URL(`../../domain/providers/fixtures/${name}.txt`, import.meta.url), 'utf8')
const text = 'The rule: mirror → left ↔ right.'

const closeAfter = closeAfterEach()

/** A provider that handles each request as it is told, and what it was asked. */
async function serve(handle: (response: ServerResponse) => void) {
  const asked: { body: string; accept: string | undefined; closed: Promise<void> }[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (piece: Buffer) => (body += piece.toString()))
    request.on('end', () => {
      const closed = new Promise<void>((resolve) => response.on('close', resolve))
      asked.push({ body, accept: request.headers.accept, closed })
      handle(response)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  await closeAfter({
    close() {
      server.closeAllConnections()
      server.close()
    },
  })
  const { port } = server.address() as AddressInfo // it listens on a port
  return { url: `http://127.0.0.1:${port}/v1`, asked }
}

const streamType = { 'content-type': 'text/event-stream; charset=utf-8' }

interface Asking {
  readonly provider?: ModelProvider
  readonly signal?: AbortSignal
  readonly onText?: (text: string) => void
}

async function ask(
  handle: (response: ServerResponse) => void,
  { provider = 'openrouter', signal = new AbortController().signal, onText }: Asking = {},
) {
  const { url, asked } = await serve(handle)
  const client = createModelClient({ apiKey: () => secret })
  const pieces: string[] = []
  const model = { provider, id: 'a/model', baseUrl: url, apiKeyVariable: 'KEY', limits: { maxReplyMegabytes: 1 } }
  const outcome = await client
    .complete(
      {
        model,
        messages: [{ role: 'user', content: 'a' }],
        sampling: {},
        onDelta: (delta) => {
          pieces.push(delta.text)
          onText?.(pieces.join(''))
        },
      },
      signal,
    )
    .then(
      (reply) => ({ reply }),
      (error: unknown) => ({ error }),
    )
  return { ...outcome, pieces, asked }
}

async function fail(...given: Parameters<typeof ask>) {
  const { error, pieces } = (await ask(...given)) as { error?: unknown; pieces: readonly string[] } // either outcome
  if (error instanceof ModelRequestFailed) return { failed: error.failed, paid: error.paid, text: pieces.join('') }
  throw new Error(`expected a ModelRequestFailed, got ${String(error)}`)
}

describe('a streamed answer', () => {
  test('is requested as a stream, arrives in pieces and ends as a whole reply', async () => {
    const { reply, pieces, asked } = (await ask((response) => {
      response.writeHead(200, streamType).end(recorded('openrouter/stream-reasoning'))
    })) as { reply: unknown; pieces: readonly string[]; asked: readonly { body: string; accept: string }[] }
    expect(JSON.parse(asked[0]?.body ?? '')).toMatchObject({ stream: true, stream_options: { include_usage: true } })
    expect(asked[0]?.accept).toMatch(/event-stream/)
    expect(pieces.join('')).toBe(text)
    expect(reply).toMatchObject({ text, finishReason: 'stop', claimedCost: 0.0001425, requestId: 'gen-1' })
  })

  test('is the same when it arrives byte by byte', async () => {
    const { reply } = (await ask((response) => {
      response.writeHead(200, streamType)
      response.socket?.setNoDelay(true)
      const bytes = Buffer.from(recorded('openai/stream'))
      void (async () => {
        for (const byte of bytes) await new Promise((resolve) => response.write(Buffer.of(byte), resolve))
        response.end()
      })()
    })) as { reply: unknown }
    expect(reply).toMatchObject({ text, usage: { promptTokens: 125, completionTokens: 42 } })
  })

  test.each([
    [
      'JSON from a server that does not stream',
      { 'content-type': 'application/json' },
      JSON.stringify({ choices: [{ message: { content: text }, finish_reason: 'stop' }] }),
    ],
    [
      'JSON after comments, without a type',
      {},
      `: OPENROUTER PROCESSING\n\n${JSON.stringify({ choices: [{ message: { content: text }, finish_reason: 'stop' }] })}`,
    ],
    ['a stream without its type', {}, recorded('openai/stream')],
    ['a stream that is called plain text', { 'content-type': 'text/plain' }, recorded('openrouter/stream-reasoning')],
  ])('may come as %s', async (_, headers, body) => {
    const { reply, pieces } = (await ask((response) => response.writeHead(200, headers).end(body))) as {
      reply: unknown
      pieces: readonly string[]
    }
    expect(reply).toMatchObject({ text })
    expect(pieces.join('')).toBe(text)
  })

  test('that has its end but not its final usage is whole, with an unknown cost', async () => {
    const { reply } = (await ask((response) => {
      const [upToEnd = ''] = /^.*?"finish_reason":"stop"[^\n]*\n\n/s.exec(recorded('openai/stream')) ?? []
      response.writeHead(200, streamType).write(upToEnd, () => response.destroy())
    })) as { reply: unknown }
    expect(reply).toMatchObject({ text, usage: { promptTokens: null, completionTokens: null } })
  })

  test.each(['end', 'destroy'] as const)(
    'that breaks off (%s) is a failure, and the part received is kept',
    async (how) => {
      const cut = recorded('anthropic/stream-thinking')
        .replace(/"left ↔.*/s, '')
        .replace(/mirror →.*/s, '')
      const { failed, paid, text } = await fail(
        (response) => response.writeHead(200, streamType).write(cut, () => response[how]()),
        { provider: 'anthropic' },
      )
      expect(failed).toMatchObject({ reply: 'cut' })
      expect(paid).toEqual({ usage: { promptTokens: 125, completionTokens: 1, cacheReadTokens: 100 } })
      expect(text).toBe('The rule: ')
    },
  )

  test('with an error in it fails with the provider’s message', async () => {
    const { failed, text } = await fail((response) =>
      response.writeHead(200, streamType).end(recorded('openrouter/stream-error')),
    )
    expect(failed).toMatchObject({ reply: 'error-body', status: 502, message: 'Provider disconnected unexpectedly' })
    expect(text).toBe('The rule')
  })

  test('that is refused fails like any other', async () => {
    const { failed } = await fail((response) => response.writeHead(401).end('{"error":{"message":"No auth"}}'))
    expect(failed).toMatchObject({ status: 401, message: 'No auth' })
  })

  test('longer than allowed is not read to its end', async () => {
    const { failed } = await fail((response) => {
      response.writeHead(200, streamType)
      const line = `data: ${JSON.stringify({ choices: [{ delta: { content: 'x'.repeat(10_000) } }] })}\n\n`
      const send = () => response.destroyed || response.write(line, send)
      send()
    })
    expect(failed).toMatchObject({ reply: 'too-large' })
  })

  test('ends when it is aborted, and so does the request', async () => {
    const stop = new AbortController()
    const reason = new Error('stopped')
    const { error, asked } = (await ask(
      (response) => response.writeHead(200, streamType).write('data: {"choices":[{"delta":{"content":"a"}}]}\n\n'),
      { signal: stop.signal, onText: () => stop.abort(reason) },
    )) as { error: unknown; asked: readonly { closed: Promise<void> }[] }
    expect(error).toBe(reason)
    await asked[0]?.closed
  })

  test('never shows the key, not even cut in two', async () => {
    const say = (content: string) => `data: ${JSON.stringify({ choices: [{ delta: { content } }] })}\n\n`
    const { reply, pieces } = (await ask((response) =>
      response
        .writeHead(200, streamType)
        .end(`${say(`it is ${secret} `)}${say(secret.slice(0, 9))}${say(secret.slice(9))}data: [DONE]\n\n`),
    )) as { reply: unknown; pieces: readonly string[] }
    expect(pieces[0]).toBe('it is [key] ')
    expect(JSON.stringify(reply)).not.toContain(secret)
  })
})
