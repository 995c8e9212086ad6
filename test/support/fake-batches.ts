import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

/** One request of a batch, as it came. */
export interface BatchedLine {
  readonly custom_id: string
  readonly body: { readonly messages: readonly { readonly role: string; readonly content: string }[] } & Readonly<
    Record<string, unknown>
  >
}

/** What comes of one request: an answer, an error, never worked on, or no result at all. */
export type LineOutcome =
  { readonly text: string } | { readonly status: number; readonly error: object } | 'expired' | 'missing'

/** What happens to the call that makes a batch. `lost`: it is made, and the reply is not sent. `cut`: it is not made. */
export type Creation = 'made' | 'lost' | 'cut' | { readonly status: number; readonly error: object }

export interface FakeBatch {
  readonly id: string
  readonly lines: readonly BatchedLine[]
  readonly createdAtMs: number
  readonly metadata: unknown
  /** How often its state was asked. */
  looks: number
  status: 'working' | 'ended' | 'cancelled' | 'refused'
}

export interface FakeBatchesOptions {
  /** The result of each request; by default a text that nothing can be read from. */
  readonly outcome?: (line: BatchedLine, nthBatch: number) => LineOutcome
  /** The n-th call that makes a batch. */
  readonly create?: (nth: number, lines: readonly BatchedLine[]) => Creation
  /** Whether a batch has ended when it is looked at. By default at the second look. */
  readonly hasEnded?: (batch: FakeBatch) => boolean
  /** Why OpenAI would process none of a batch. */
  readonly refuse?: (batch: FakeBatch, nth: number) => { readonly code: string; readonly message: string } | undefined
  readonly keepsNoList?: boolean
  readonly port?: number
}

export interface FakeBatches {
  /** For a model's `baseUrl`: ends in `/v1`. */
  readonly url: string
  readonly batches: readonly FakeBatch[]
  /** Requests that were sent alone. */
  readonly alone: readonly string[]
  /** Every call, such as `POST /v1/batches`. */
  readonly calls: readonly string[]
  close(): Promise<void>
}

/** A server on loopback that takes batches as OpenAI, Anthropic and OpenRouter do, by the path and the body it gets. */
export async function startFakeBatches(options: FakeBatchesOptions = {}): Promise<FakeBatches> {
  const { outcome = () => ({ text: 'I do not know.' }), create = () => 'made' as const } = options
  const { hasEnded = ({ looks }) => looks >= 2, refuse = () => undefined } = options
  const batches: FakeBatch[] = []
  const alone: string[] = []
  const calls: string[] = []
  const files = new Map<string, string>()
  let creations = 0

  function handle(method: string, path: string, sent: string): unknown {
    const [, , ...parts] = path.split('/')
    if (path === '/v1/chat/completions') {
      alone.push(sent)
      return renderAnswer(outcome({ custom_id: 'alone', body: JSON.parse(sent) as BatchedLine['body'] }, -1))
    }
    if (path === '/v1/files') {
      const id = `file-${files.size}`
      files.set(id, readUpload(sent))
      return { id, object: 'file', purpose: 'batch' }
    }
    if (parts[0] === 'files') return readResultsFile(parts[1] ?? '')
    const isAnthropic = parts[0] === 'messages'
    const [, id, action] = isAnthropic ? parts.slice(1) : parts
    if (id === undefined && method === 'GET') {
      if (options.keepsNoList) return new HttpError(404, { message: 'not found' })
      for (const batch of batches) if (batch.status === 'working' && hasEnded(batch)) batch.status = 'ended'
      return { data: batches.toReversed().map((batch) => describe(batch, isAnthropic)), has_more: false }
    }
    if (id === undefined) return make(sent, isAnthropic)
    const batch = batches.find((each) => each.id === id)
    if (batch === undefined) return new HttpError(404, { message: `no batch ${id}` })
    if (action === 'cancel') {
      batch.status = 'cancelled'
      return describe(batch, isAnthropic)
    }
    if (action === 'results') return batch.lines.flatMap((line, nth) => renderAnthropic(batch, line, nth))
    batch.looks += 1
    if (batch.status === 'working' && refuse(batch, batches.indexOf(batch)) !== undefined) batch.status = 'refused'
    if (batch.status === 'working' && hasEnded(batch)) batch.status = 'ended'
    return describe(batch, isAnthropic, true)
  }

  function make(sent: string, isAnthropic: boolean): unknown {
    const body = JSON.parse(sent) as Record<string, unknown>
    const lines = readBatch(body, files)
    const creation = create(creations, lines)
    creations += 1
    if (typeof creation === 'object') return new HttpError(creation.status, creation.error)
    if (creation === 'cut') return undefined
    const batch: FakeBatch = {
      id: `${isAnthropic ? 'msgbatch' : 'batch'}_${batches.length}`,
      lines,
      createdAtMs: Date.now(),
      metadata: body['metadata'] ?? null,
      looks: 0,
      status: 'working',
    }
    batches.push(batch)
    return creation === 'lost' ? undefined : describe(batch, isAnthropic)
  }

  function resultOf(batch: FakeBatch, line: BatchedLine, nth: number): LineOutcome {
    // A cancelled batch has done the first half.
    if (batch.status === 'cancelled' && nth >= batch.lines.length / 2) return 'missing'
    return outcome(line, batches.indexOf(batch))
  }

  function renderOpenai(batch: FakeBatch, line: BatchedLine, nth: number): object[] {
    const result = resultOf(batch, line, nth)
    const { custom_id } = line
    if (result === 'missing') return []
    if (result === 'expired') {
      const error = {
        code: 'batch_expired',
        message: 'This request could not be executed before the completion window.',
      }
      return [{ id: `batch_req_${nth}`, custom_id, response: null, error }]
    }
    const response =
      'text' in result
        ? { status_code: 200, request_id: `req_${nth}`, body: renderAnswer(result) }
        : { status_code: result.status, request_id: `req_${nth}`, body: { error: result.error } }
    return [{ id: `batch_req_${nth}`, custom_id, response, error: null }]
  }

  function renderAnthropic(batch: FakeBatch, line: BatchedLine, nth: number): object[] {
    const outcome = resultOf(batch, line, nth)
    const { custom_id } = line
    if (outcome === 'missing') return [{ custom_id, result: { type: 'canceled' } }]
    if (outcome === 'expired') return [{ custom_id, result: { type: 'expired' } }]
    if (!('text' in outcome)) {
      return [{ custom_id, result: { type: 'errored', error: { type: 'error', error: outcome.error } } }]
    }
    const message = {
      id: `msg_${nth}`,
      type: 'message',
      role: 'assistant',
      model: 'fake',
      content: [{ type: 'text', text: outcome.text }],
      stop_reason: 'end_turn',
      usage: { input_tokens: 100, output_tokens: 10, service_tier: 'batch' },
    }
    return [{ custom_id, result: { type: 'succeeded', message } }]
  }

  function readResultsFile(file: string): unknown {
    const [kind, id] = file.split('-of-')
    const batch = batches.find((each) => each.id === id)
    const lines = batch?.lines.flatMap((line, nth) => renderOpenai(batch, line, nth)) ?? []
    const isError = (line: object) => JSON.stringify(line).includes('"response":null')
    return lines.filter((line) => isError(line) === (kind === 'errors'))
  }

  function describe(batch: FakeBatch, isAnthropic: boolean, withResults = false): object {
    const { id, lines, status, createdAtMs, metadata } = batch
    const hasResults = status === 'ended' || status === 'cancelled'
    if (isAnthropic) {
      const counts = { processing: lines.length, succeeded: 0, errored: 0, canceled: 0, expired: 0 }
      return {
        id,
        type: 'message_batch',
        processing_status: hasResults ? 'ended' : 'in_progress',
        request_counts: hasResults ? { ...counts, processing: 0, succeeded: lines.length } : counts,
        created_at: new Date(createdAtMs).toISOString(),
        results_url: hasResults ? `https://api.anthropic.com/v1/messages/batches/${id}/results` : null,
      }
    }
    const refusal = status === 'refused' ? refuse(batch, batches.indexOf(batch)) : undefined
    return {
      id,
      object: 'batch',
      status: { working: 'in_progress', ended: 'completed', cancelled: 'cancelled', refused: 'failed' }[status],
      request_counts: { total: lines.length, completed: hasResults ? lines.length : 0, failed: 0 },
      created_at: Math.floor(createdAtMs / 1000),
      metadata,
      errors: refusal === undefined ? null : { object: 'list', data: [{ ...refusal, line: null, param: null }] },
      output_file_id: hasResults ? `answers-of-${id}` : null,
      error_file_id: hasResults ? `errors-of-${id}` : null,
      ...(withResults &&
        hasResults &&
        metadata === null && {
          results: lines.flatMap((line, nth) => renderOpenai(batch, line, nth)),
        }),
    }
  }

  const server = createServer((incoming, outgoing) => {
    const { method = '', url = '' } = incoming
    calls.push(`${method} ${url}`)
    answer(incoming, outgoing, (sent) => handle(method, url.split('?')[0] ?? '', sent)).catch(() => outgoing.destroy())
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port ?? 0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo // a TCP server has no other kind of address
  return {
    url: `http://127.0.0.1:${port}/v1`,
    batches,
    alone,
    calls,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

class HttpError {
  readonly status: number
  readonly error: object

  constructor(status: number, error: object) {
    this.status = status
    this.error = error
  }
}

async function answer(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  handle: (sent: string) => unknown,
): Promise<void> {
  const result = handle(await text(incoming))
  if (result === undefined) {
    outgoing.socket?.resetAndDestroy()
    return
  }
  const status = result instanceof HttpError ? result.status : 200
  outgoing.writeHead(status, { 'content-type': 'application/json' })
  if (result instanceof HttpError) outgoing.end(JSON.stringify({ error: result.error }))
  else if (Array.isArray(result)) outgoing.end(result.map((line) => `${JSON.stringify(line)}\n`).join(''))
  else outgoing.end(JSON.stringify(result))
}

/** The file of a multipart body. */
function readUpload(sent: string): string {
  const boundary = sent.slice(0, sent.indexOf('\r\n'))
  const part = sent.split(boundary).find((each) => each.includes('name="file"')) ?? ''
  return part.slice(part.indexOf('\r\n\r\n') + 4).trim()
}

/** OpenAI names a file; OpenRouter and Anthropic have the requests in the body. */
function readBatch(body: Record<string, unknown>, files: ReadonlyMap<string, string>): BatchedLine[] {
  const inline = body['requests'] as (BatchedLine & { readonly params?: BatchedLine['body'] })[] | undefined
  if (inline) return inline.map(({ custom_id, params, body }) => ({ custom_id, body: params ?? body }))
  const file = files.get(String(body['input_file_id'])) ?? ''
  return file.split('\n').map((line) => JSON.parse(line) as BatchedLine)
}

function renderAnswer(outcome: LineOutcome): unknown {
  if (typeof outcome !== 'object') return new HttpError(500, { message: 'there is no answer' })
  if (!('text' in outcome)) return new HttpError(outcome.status, outcome.error)
  return {
    id: 'fake',
    object: 'chat.completion',
    model: 'fake',
    choices: [{ index: 0, message: { role: 'assistant', content: outcome.text }, finish_reason: 'stop' }],
    usage: { prompt_tokens: 100, completion_tokens: 10, total_tokens: 110 },
  }
}
