import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pipeline, Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'

/** What the fake provider does with one request. */
export type Reply =
  /** A chat completion with this text; the other fields replace its parts. */
  | { readonly text: string; readonly body?: Readonly<Record<string, unknown>>; readonly headers?: Headers }
  /** Any status with any body; text and bytes are sent as they are. */
  | { readonly status: number; readonly body: unknown; readonly headers?: Headers }
  /** This piece repeated for as long as the client reads. */
  | { readonly endless: string; readonly status?: number }
  /** A chat completion sent in pieces, after a number of pieces that only keep the connection open. */
  | { readonly drip: string; readonly pieces: number; readonly everyMs: number }
  /** A chat completion as a stream of these pieces of text; by default it ends as it should. */
  | { readonly stream: readonly string[]; readonly end?: 'whole' | 'cut' | 'open' | { readonly error: string } }
  /** Half of a body, then the end of the connection. */
  | { readonly broken: true }
  /** The connection is reset without a byte. */
  | { readonly reset: true }
  /** Never a reply; with `headers`, the headers come and the body never does. */
  | { readonly hang: true; readonly headers?: Headers }

type Headers = Readonly<Record<string, string>>

/** The fields of a chat completion request that tests look at. */
interface AskedBody {
  readonly model: string
  readonly messages: readonly { readonly role: string; readonly content: string }[]
  readonly [field: string]: unknown
}

export interface RecordedRequest {
  /** 0 for the first request. */
  readonly nth: number
  readonly path: string
  readonly headers: IncomingMessage['headers']
  readonly body: AskedBody
  readonly receivedAtMs: number
  /** When the reply was handed to the connection; absent before that, and forever if it hangs. */
  readonly answeredAtMs: number | undefined
  /** The client disconnected before it got its reply. */
  readonly aborted: boolean
  /** The connection is closed, by either side. */
  readonly closed: boolean
}

export interface FakeProviderOptions {
  /** The reply to each request; by default an empty program for all. */
  readonly reply?: (request: RecordedRequest, nth: number) => Reply | Promise<Reply>
  /** Replies to the first requests, in order; `reply` answers the rest. */
  readonly script?: readonly Reply[]
  /** How long each reply takes. */
  readonly latencyMs?: number
  /** 0, the default, takes any free port. */
  readonly port?: number
}

export interface FakeProvider {
  /** For a model's `baseUrl`: ends in `/v1`. */
  readonly url: string
  /** All requests in the order in which they came; the records change as their requests progress. */
  readonly requests: readonly RecordedRequest[]
  /** Resolves as soon as `ready` holds; checked again whenever a request comes, is answered or is aborted. */
  waitUntil(ready: (requests: readonly RecordedRequest[]) => boolean): Promise<void>
  /** Cuts open connections and frees the port. */
  close(): Promise<void>
}

const emptyProgram = '```python\ndef solve_task(input_grid):\n    return input_grid\n```'

/** An OpenAI-compatible server on loopback that follows its script and remembers the requests. */
export async function startFakeProvider(options: FakeProviderOptions = {}): Promise<FakeProvider> {
  const { script = [], latencyMs = 0, reply = () => ({ text: emptyProgram }) } = options
  const requests: { -readonly [Field in keyof RecordedRequest]: RecordedRequest[Field] }[] = []
  const waiting = new Set<() => void>()
  const changed = () => waiting.forEach((look) => look())

  async function handle(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const receivedAtMs = Date.now()
    const body = JSON.parse((await text(incoming)) || '{}') as AskedBody // tests send what they mean to
    const request = {
      nth: requests.length,
      path: incoming.url ?? '',
      headers: incoming.headers,
      body,
      receivedAtMs,
      answeredAtMs: undefined as number | undefined,
      aborted: false,
      closed: false,
    }
    requests.push(request)
    outgoing.on('close', () => {
      request.aborted = request.answeredAtMs === undefined
      request.closed = true
      changed()
    })
    changed()
    const chosen = script[request.nth] ?? (await reply(request, request.nth))
    if (latencyMs > 0) await sleep(latencyMs)
    if (outgoing.destroyed || 'hang' in chosen) {
      if ('hang' in chosen && chosen.headers) outgoing.writeHead(200, chosen.headers).flushHeaders()
      return
    }
    request.answeredAtMs = Date.now()
    send(outgoing, chosen, request)
  }

  const server = createServer((incoming, outgoing) => {
    handle(incoming, outgoing).catch((error: unknown) => outgoing.destroy(error instanceof Error ? error : undefined))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port ?? 0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo // a TCP server has no other kind of address
  return {
    url: `http://127.0.0.1:${port}/v1`,
    requests,
    waitUntil: (ready) =>
      new Promise((resolve) => {
        const look = () => {
          if (!ready(requests)) return
          waiting.delete(look)
          resolve()
        }
        waiting.add(look)
        look()
      }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function send(outgoing: ServerResponse, reply: Exclude<Reply, { hang: true }>, request: RecordedRequest): void {
  if ('reset' in reply) {
    outgoing.socket?.resetAndDestroy()
  } else if ('broken' in reply) {
    outgoing.writeHead(200, { 'content-type': 'application/json' })
    outgoing.write('{"choices": [{"mess', () => outgoing.destroy())
  } else if ('endless' in reply) {
    outgoing.writeHead(reply.status ?? 200, { 'content-type': 'application/json' })
    pipeline(Readable.from(repeat(reply.endless)), outgoing, () => undefined)
  } else if ('stream' in reply) {
    outgoing.writeHead(200, { 'content-type': 'text/event-stream' })
    const text = listEvents(reply, request).map((event) => `data: ${event}\n\n`)
    outgoing.write(text.join(''), () => {
      if (reply.end === 'cut') outgoing.destroy()
      else if (reply.end !== 'open') outgoing.end()
    })
  } else if ('drip' in reply) {
    outgoing.writeHead(200, { 'content-type': 'application/json' })
    const text = JSON.stringify(renderCompletion(reply.drip, request))
    pipeline(Readable.from(drip(text, reply.pieces, reply.everyMs)), outgoing, () => undefined)
  } else if ('status' in reply) {
    const plain = typeof reply.body === 'string' || reply.body instanceof Uint8Array
    outgoing.writeHead(reply.status, {
      'content-type': plain ? 'text/plain' : 'application/json',
      ...reply.headers,
    })
    outgoing.end(plain ? reply.body : JSON.stringify(reply.body))
  } else {
    outgoing.writeHead(200, { 'content-type': 'application/json', ...reply.headers })
    outgoing.end(JSON.stringify({ ...renderCompletion(reply.text, request), ...reply.body }))
  }
}

/** The data of OpenAI's chunks. One without its end stays open, or is cut. */
function listEvents(
  { stream, end = 'whole' }: Extract<Reply, { stream: unknown }>,
  request: RecordedRequest,
): string[] {
  const { usage, ...body } = renderCompletion(stream.join(''), request)
  const chunk = (delta: object, finish_reason: string | null, rest = {}) =>
    JSON.stringify({ ...body, object: 'chat.completion.chunk', choices: [{ index: 0, delta, finish_reason }], ...rest })
  const pieces = stream.map((content) => chunk({ content }, null))
  if (typeof end === 'object') return [...pieces, JSON.stringify({ error: { message: end.error } })]
  return end === 'whole' ? [...pieces, chunk({}, 'stop'), chunk({}, null, { choices: [], usage }), '[DONE]'] : pieces
}

function* repeat(piece: string): Generator<string, never> {
  for (;;) yield piece
}

async function* drip(text: string, pieces: number, everyMs: number): AsyncGenerator<string, void> {
  for (let sent = 0; sent < pieces; sent += 1) {
    yield ' '
    await sleep(everyMs)
  }
  const half = text.length / 2
  yield text.slice(0, half)
  await sleep(everyMs)
  yield text.slice(half)
}

function renderCompletion(content: string, { body, nth }: RecordedRequest): Record<string, unknown> {
  const prompt_tokens = countWords(body.messages.map((message) => message.content).join(' '))
  const completion_tokens = countWords(content)
  return {
    id: `fake-${nth}`,
    object: 'chat.completion',
    created: 0,
    model: body.model,
    choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }],
    usage: { prompt_tokens, completion_tokens, total_tokens: prompt_tokens + completion_tokens },
  }
}

function countWords(text: string): number {
  return text.split(/\s+/).filter(Boolean).length
}
