import { Readable } from 'node:stream'
import { ModelRequestFailed } from '../../../domain/models/model-failure.ts'
import type { Model } from '../../../domain/models/model-spec.ts'
import { parametersOf } from '../../../domain/models/parameters-of.ts'
import type { BatchCalls, LongText } from '../../../domain/providers/batches/batching.ts'
import { findApi } from '../../../domain/providers/providers.ts'
import { describeCutReply } from '../http/describe-failed-request.ts'
import { openReply, receive } from '../http/exchange.ts'
import { hideKey } from '../http/hide-key.ts'
import { joinOtherUrl, showAddress } from '../http/join-url.ts'
import type { Fetch } from '../http/patient-fetch.ts'
import { readKey } from '../http/read-key.ts'

export interface BatchCallOptions {
  readonly apiKey: (variable: string) => string | undefined
  readonly timeoutMs: number
  readonly fetch: Fetch
}

/** The largest is a batch with its results in it. Node cannot hold a longer string. */
const maxBodyMegabytes = 500

/** The HTTP calls about batches of one model. Each throws `ModelRequestFailed`, with the key hidden in all that it read. */
export function createBatchCalls(model: Model, { apiKey, timeoutMs, fetch }: BatchCallOptions): BatchCalls {
  const provider = findApi(model)

  async function send(path: string, method: 'GET' | 'POST', body?: string | LongText): Promise<Response> {
    const key = readKey(model.apiKeyVariable, apiKey)
    const [place = '', query] = path.split('?')
    const url = joinOtherUrl(model.baseUrl, provider.path, place, Object.fromEntries(new URLSearchParams(query)))
    const { headers } = provider.renderRequest({ ...parametersOf(model, {}), messages: [] })
    const request = {
      method,
      headers: {
        ...headers,
        // Without a length the body would be sent in chunks, which not every server takes.
        ...(typeof body === 'object' && { 'content-type': body.contentType, 'content-length': String(body.bytes) }),
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : stream(body.pieces()) }),
      signal: AbortSignal.timeout(timeoutMs),
    }
    try {
      return await openReply({ fetch, provider, key, url, ...request })
    } catch (error) {
      if (!(error instanceof ModelRequestFailed)) throw error
      const address = showAddress(url, place)
      throw new ModelRequestFailed({ ...error.failed, ...address, ...(method === 'GET' && { method }) })
    }
  }

  async function readJson(response: Response): Promise<unknown> {
    const { text } = await receive(response, readKey(model.apiKeyVariable, apiKey), maxBodyMegabytes)
    const body = parse(text)
    if (body !== undefined) return body
    const message = `the body is not JSON: ${text.slice(0, 200)}`
    throw new ModelRequestFailed({ status: response.status, message, headers: {}, reply: 'broken' })
  }

  return {
    get: async (path) => readJson(await send(path, 'GET')),
    post: async (path, body) => readJson(await send(path, 'POST', JSON.stringify(body))),
    postText: async (path, text) => readJson(await send(path, 'POST', text)),
    async *readLines(path) {
      const response = await send(path, 'GET')
      const key = readKey(model.apiKeyVariable, apiKey)
      try {
        for await (const line of splitLines(response.body)) {
          const value = line.trim() === '' ? undefined : parse(hideKey(line, key))
          if (value !== undefined) yield value
        }
      } catch (error) {
        throw new ModelRequestFailed(describeCutReply(error, response.headers.get('content-encoding')))
      }
    },
  }
}

function stream(pieces: AsyncIterable<string>): ReadableStream {
  return Readable.toWeb(Readable.from(pieces, { objectMode: false })) as ReadableStream // Node's own type for it differs from the DOM's.
}

async function* splitLines(body: ReadableStream<Uint8Array> | null): AsyncGenerator<string, void> {
  const decoder = new TextDecoder()
  let held: string[] = []
  for await (const piece of body ?? []) {
    const [first = '', ...others] = decoder.decode(piece, { stream: true }).split('\n')
    held.push(first)
    for (const next of others) {
      yield held.join('')
      held = [next]
    }
  }
  yield held.join('') + decoder.decode()
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
