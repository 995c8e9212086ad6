import { readFileSync } from 'node:fs'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, test } from '@jest/globals'
import { closeAfterEach } from '../../../test/support/close-after-each.ts'
import { ModelRequestFailed } from '../../domain/models/model-failure.ts'
import type { ModelProvider } from '../../domain/providers/providers.ts'
import { createModelClient } from './model-client.ts'
import type { Patience } from './watch-reply.ts'

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

interface Pieces {
  readonly pieces: readonly string[]
  /** The provider's names for the call, as they became known. */
  readonly names: readonly string[]
}

interface Asking {
  readonly patience?: Partial<Patience>
  readonly provider?: ModelProvider
  readonly signal?: AbortSignal
  readonly onText?: (text: string) => void
  readonly onName?: (name: string) => void
}

async function ask(
  handle: (response: ServerResponse) => void,
  { provider = 'openrouter', signal = new AbortController().signal, onText, onName, patience = {} }: Asking = {},
) {
  const { url, asked } = await serve(handle)
  const client = createModelClient({ apiKey: () => secret, patience })
  const pieces: string[] = []
  const names: string[] = []
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
        onAccepted: (name) => {
          names.push(name)
          onName?.(name)
        },
      },
      signal,
    )
    .then(
      (reply) => ({ reply }),
      (error: unknown) => ({ error }),
    )
  return { ...outcome, pieces, names, asked }
}

async function fail(...given: Parameters<typeof ask>) {
  const { error, pieces, names } = (await ask(...given)) as { error?: unknown } & Pieces // either outcome
  if (error instanceof ModelRequestFailed) {
    const { failed, paid, partial } = error
    return { failed, paid, partial, names, text: pieces.join('') }
  }
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
      const { failed, paid, partial, text } = await fail(
        (response) => response.writeHead(200, streamType).write(cut, () => response[how]()),
        { provider: 'anthropic' },
      )
      expect(failed).toMatchObject({ reply: 'cut' })
      expect(paid).toEqual({
        usage: { promptTokens: 125, completionTokens: null, cacheReadTokens: 100 },
        requestId: 'msg_01AbCdEf',
      })
      expect(partial).toEqual({ text: 'The rule: ', reasoning: 'Each row is mirrored.' })
      expect(text).toBe('The rule: ')
    },
  )

  test('with an error in it fails with the provider’s message', async () => {
    const { failed, partial, text } = await fail((response) =>
      response.writeHead(200, streamType).end(recorded('openrouter/stream-error')),
    )
    expect(partial).toEqual({ text: 'The rule', reasoning: '' })
    expect(failed).toMatchObject({ reply: 'error-body', status: 502, message: 'Provider disconnected unexpectedly' })
    expect(text).toBe('The rule')
  })

  test('names its call with the first event, once', async () => {
    const stop = new AbortController()
    const { names } = await ask(
      (response) =>
        response.writeHead(200, streamType).write(recorded('anthropic/stream-thinking').split('mirror →')[0]),
      { provider: 'anthropic', signal: stop.signal, onText: () => stop.abort(new Error('enough')) },
    )
    expect(names).toEqual(['msg_01AbCdEf'])
  })

  test.each([
    ['a stream', streamType, recorded('openrouter/stream-reasoning')],
    ['a whole reply', { 'content-type': 'application/json' }, '{"id":"gen-1","choices":[{"message":{"content":"a"}}]}'],
  ])('of OpenRouter names its call before the body: %s', async (_, type, body) => {
    const named = new Promise<string>((resolve) => {
      void ask(
        (response) => {
          response.writeHead(200, { ...type, 'x-generation-id': 'gen-header' }).flushHeaders()
          void named.then(() => response.end(body))
        },
        { onName: resolve },
      )
    })
    expect(await named).toBe('gen-header')
  })

  test('that falls silent has broken off, and the part received is kept', async () => {
    const { failed, partial } = await fail(
      (response) => response.writeHead(200, streamType).write('data: {"choices":[{"delta":{"content":"a"}}]}\n\n'),
      { patience: { maxSilenceMs: 50 } },
    )
    expect(failed).toMatchObject({ code: 'timeout', reply: 'cut', message: expect.stringMatching(/nothing came for/) })
    expect(partial).toEqual({ text: 'a', reasoning: '' })
  })

  test('may take longer than a whole reply, and its comments are no silence', async () => {
    const { reply } = (await ask(
      (response) => {
        response.writeHead(200, streamType).write('data: {"choices":[{"delta":{"content":"a"}}]}\n\n')
        const beat = setInterval(() => response.write(': still here\n\n'), 20)
        setTimeout(() => {
          clearInterval(beat)
          response.end('data: [DONE]\n\n')
        }, 600)
      },
      { patience: { timeoutMs: 300, maxSilenceMs: 300 } },
    )) as { reply: unknown }
    expect(reply).toMatchObject({ text: 'a' })
  })

  test('of comments alone, or without an end, does not go on for ever', async () => {
    const drip = (line: string) => (response: ServerResponse) => {
      response.writeHead(200, streamType)
      const beat = setInterval(() => response.write(line), 10)
      response.on('close', () => clearInterval(beat))
    }
    const comments = await fail(drip(': still here\n\n'), { patience: { timeoutMs: 100 } })
    expect(comments.failed).toMatchObject({ code: 'timeout', message: 'no complete reply within the time-out' })
    const pieces = await fail(drip('data: {"choices":[{"delta":{"content":"a"}}]}\n\n'), {
      patience: { maxStreamMs: 100 },
    })
    expect(pieces.failed).toMatchObject({ code: 'timeout', message: expect.stringMatching(/still going on/) })
    expect(pieces.partial?.text).toMatch(/^a+$/)
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
