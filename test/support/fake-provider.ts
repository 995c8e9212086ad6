import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pipeline, Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import type { StreamEnd, Written } from './dialects/dialect.ts'
import { findDialect } from './dialects/find-dialect.ts'

/** What the fake provider does with one request. Whatever a model wrote is sent in the protocol of the request's path. */
export type Reply =
  /** A whole answer with this text. */
  | (Answer & { readonly text: string })
  /** An answer as a stream of these pieces of text; by default it comes at once and ends as it should. */
  | (Answer & { readonly stream: readonly string[]; readonly end?: StreamEnd; readonly everyMs?: number })
  /** Any status with any body; text and bytes are sent as they are. */
  | { readonly status: number; readonly body: unknown; readonly headers?: Headers }
  /** This piece repeated for as long as the client reads. */
  | { readonly endless: string; readonly status?: number }
  /** A whole answer sent in pieces, after a number of pieces that only keep the connection open. */
  | { readonly drip: string; readonly pieces: number; readonly everyMs: number }
  /** Half of a body, then the end of the connection. */
  | { readonly broken: true }
  /** The connection is reset without a byte. */
  | { readonly reset: true }
  /** Never a reply; with `headers`, the headers come and the body never does. */
  | { readonly hang: true; readonly headers?: Headers }

interface Answer {
  readonly reasoning?: string
  /** Replaces parts of the reply. */
  readonly body?: Readonly<Record<string, unknown>>
  readonly headers?: Headers
}

type Headers = Readonly<Record<string, string>>

/** The fields of a request that tests look at. One of another protocol, or without a body, has no messages. */
interface AskedBody {
  readonly model: string
  readonly messages: readonly { readonly role: string; readonly content: string }[]
  readonly [field: string]: unknown
}

export interface RecordedRequest {
  /** 0 for the first request. */
  readonly nth: number
  readonly method: string
  readonly path: string
  readonly headers: IncomingMessage['headers']
  /** Empty if the request had none, or one that is not JSON, such as a file. */
  readonly body: AskedBody
  /** The body as it came. */
  readonly sent: string
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

/**
 * A server on loopback that follows its script and remembers the requests. It answers OpenAI's chat completions and Responses
 * and Anthropic's messages, whatever comes before their paths; for any other path (files, batches, lists) the script gives the
 * whole reply, by its `status` and `body`.
 */
export async function startFakeProvider(options: FakeProviderOptions = {}): Promise<FakeProvider> {
  const { script = [], latencyMs = 0, reply = () => ({ text: emptyProgram }) } = options
  const requests: { -readonly [Field in keyof RecordedRequest]: RecordedRequest[Field] }[] = []
  const waiting = new Set<() => void>()
  const changed = () => waiting.forEach((look) => look())

  async function handle(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const receivedAtMs = Date.now()
    const sent = await text(incoming)
    const request = {
      nth: requests.length,
      method: incoming.method ?? '',
      path: incoming.url ?? '',
      headers: incoming.headers,
      body: readBody(sent),
      sent,
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
    outgoing.writeHead(200, { 'content-type': 'text/event-stream', ...reply.headers })
    const { stream, end = 'whole', everyMs = 0, body = {}, reasoning } = reply
    const events = findDialect(request.path).listEvents(write(stream, request, reasoning), end, body)
    const close = () => {
      if (end === 'cut') outgoing.destroy()
      else if (end !== 'open') outgoing.end()
    }
    if (everyMs === 0) outgoing.write(events.join(''), close)
    else Readable.from(spread(events, everyMs)).on('end', close).on('error', close).pipe(outgoing, { end: false })
  } else if ('drip' in reply) {
    outgoing.writeHead(200, { 'content-type': 'application/json' })
    const text = JSON.stringify(renderReply([reply.drip], request))
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
    outgoing.end(JSON.stringify({ ...renderReply([reply.text], request, reply.reasoning), ...reply.body }))
  }
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

async function* spread(events: readonly string[], everyMs: number): AsyncGenerator<string, void> {
  for (const event of events) {
    yield event
    await sleep(everyMs)
  }
}

function renderReply(pieces: readonly string[], request: RecordedRequest, reasoning?: string): Record<string, unknown> {
  return findDialect(request.path).renderReply(write(pieces, request, reasoning))
}

function write(pieces: readonly string[], { body, nth }: RecordedRequest, reasoning = ''): Written {
  return {
    pieces,
    reasoning,
    nth,
    model: body.model,
    promptTokens: countWords(listTexts([body['system'], body['instructions'], body['input'], body.messages]).join(' ')),
    completionTokens: countWords(`${pieces.join('')} ${reasoning}`),
  }
}

/** The texts of messages and of their parts. */
function listTexts(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (Array.isArray(value)) return value.flatMap(listTexts)
  if (typeof value !== 'object' || value === null) return []
  return listTexts([Reflect.get(value, 'content'), Reflect.get(value, 'text')])
}

function countWords(text: string): number {
  return text.split(/\s+/).filter(Boolean).length
}

function readBody(sent: string): AskedBody {
  try {
    return JSON.parse(sent) as AskedBody // tests send what they mean to
  } catch {
    return {} as AskedBody // nothing reads its fields
  }
}
