import { ModelRequestFailed, type FailedRequest, type PaidInVain } from '../../domain/models/model-failure.ts'
import type { Provider } from '../../domain/providers/provider.ts'
import { createEventStreamParser, type ServerEvent } from '../../domain/providers/streams/parse-event-stream.ts'
import type { Delta, Streaming } from '../../domain/providers/streams/streaming.ts'
import { describeCutReply, describeTooLarge } from './http/describe-failed-request.ts'
import { hideInHeaders } from './http/hide-key.ts'
import { readBody } from './http/read-body.ts'
import type { ModelReply } from './model-client.ts'
import { readReply } from './read-reply.ts'
import type { ReplyWatch } from './watch-reply.ts'

interface StreamedReply {
  readonly provider: Provider
  readonly streaming: Streaming
  readonly response: Response
  /** No more than this is read. */
  readonly megabytes: number
  /** Removes the key from a text. */
  readonly hide: (text: string) => string
  readonly onDelta?: ((delta: Delta) => void) | undefined
  /** Gets the provider's name for the call as far as it is known, with every piece. */
  readonly name: (providerId: string | undefined) => void
  readonly heard: ReplyWatch['heard']
}

/** What was asked for is not always what comes: JSON in place of a stream, a stream in place of JSON, a proxy's page. */
export function isEventStream({ headers }: Response): boolean {
  return /^\s*text\/event-stream/i.test(headers.get('content-type') ?? '')
}

/** Some proxies drop the type of a stream. Comments may precede JSON as well, so they say nothing. */
export function isStreamText(text: string): boolean {
  const first = text
    .slice(0, 10_000)
    .split(/[\r\n]+/)
    .find((line) => !/^\uFEFF?\s*(?::.*)?$/.test(line))
  return first !== undefined && /^\uFEFF?(?:data|event|id|retry):/.test(first)
}

/**
 * Reads a streamed reply to its end, and then as if it had come whole.
 *
 * @throws {ModelRequestFailed} as for whole replies, and for a stream that ends before its answer does; never an answer cut short.
 * It holds what had come.
 */
export async function readStream(reply: StreamedReply): Promise<ModelReply> {
  const { provider, streaming, response, megabytes, hide, onDelta, name, heard } = reply
  const headers = hideInHeaders(response.headers, hide)
  const parser = createEventStreamParser()
  const streamed = streaming.begin()
  const take = (events: readonly ServerEvent[]) => {
    heard(events.length > 0)
    for (const event of events) {
      const delta = streamed.add({ name: event.name, data: hide(event.data) })
      if (delta.text !== '' || delta.reasoning !== '') onDelta?.(delta)
    }
    name(streamed.id)
  }
  const { whole } = await readBody(response.body, megabytes * 1e6, (text) => take(parser.push(text))).catch(
    (error: unknown) => {
      // Only the counts can be missing.
      if (streamed.isWhole) return { whole: true }
      return fail(describeCutReply(error, headers.get('content-encoding')))
    },
  )
  if (!whole) fail(describeTooLarge(megabytes))
  take(parser.end())
  if (!streamed.isWhole && provider.findError(streamed.body) === undefined) {
    fail({ status: 200, message: 'the stream ended before the answer did', headers: {}, reply: 'cut' })
  }
  try {
    // Hidden once more: a key might have come in two pieces.
    return readReply(provider, hide(JSON.stringify(streamed.body)), headers)
  } catch (error) {
    if (!(error instanceof ModelRequestFailed)) throw error
    return fail(error.failed, streamed.isWhole ? error.paid : undefined)
  }

  function fail(failed: FailedRequest, paid?: PaidInVain): never {
    const { body, id } = streamed
    const { text, reasoning = '' } = provider.readReply(body)
    const partial = text === '' && reasoning === '' ? undefined : { text: hide(text), reasoning: hide(reasoning) }
    // A count that comes before the end is that of the beginning: Anthropic starts with one token.
    const usage = { ...provider.readPayment(body).usage, completionTokens: null }
    throw new ModelRequestFailed(failed, paid ?? { usage, ...(id !== undefined && { requestId: id }) }, partial)
  }
}
