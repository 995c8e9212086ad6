import { ModelRequestFailed } from '../../../domain/models/model-failure.ts'
import type { Provider } from '../../../domain/providers/provider.ts'
import { describeCutReply, describeTooLarge, describeUnanswered } from './describe-failed-request.ts'
import { hideInHeaders, hideKey } from './hide-key.ts'
import { keepHeaders } from './keep-headers.ts'
import type { Fetch } from './patient-fetch.ts'
import { readBody } from './read-body.ts'
import { readRateLimits } from './read-rate-limits.ts'

/*
 * One HTTP request to a provider and its reply, in which the key is hidden before anything reads it, shortens it or stores it.
 */

export interface Received {
  readonly headers: Headers
  readonly text: string
}

/** A request to a provider. */
interface Outgoing extends Omit<RequestInit, 'headers'> {
  readonly fetch: Fetch
  readonly provider: Pick<Provider, 'renderKey' | 'describeFailure' | 'readRateLimits'>
  readonly key: string | undefined
  readonly url: string
  /** Besides the standard ones and the key's. */
  readonly headers?: Readonly<Record<string, string>>
}

/** Some gateways reject requests without a user agent. */
const standardHeaders = {
  accept: 'application/json',
  'content-type': 'application/json',
  'user-agent': 'Arcloom',
}

/**
 * Sends a request, and returns once its answer begins: `receive` reads the rest.
 *
 * @throws {ModelRequestFailed} if no reply came, or one with an error status
 */
export async function openReply({ fetch, provider, key, url, headers, ...init }: Outgoing): Promise<Response> {
  const ownHeaders = { ...standardHeaders, ...headers, ...(key !== undefined && provider.renderKey(key)) }
  const response = await fetch(url, { ...init, headers: ownHeaders }).catch((error: unknown) => {
    const failed = describeUnanswered(error)
    // Not as its cause: that error holds what was sent, and it may be logged.
    throw new ModelRequestFailed({ ...failed, message: hideKey(failed.message, key) })
  })
  if (response.ok) return response
  throw await readErrorReply(response, provider, key)
}

/** @throws {ModelRequestFailed} if the answer was cut short */
export async function receive(response: Response, key: string | undefined, megabytes: number): Promise<Received> {
  const headers = hideInHeaders(response.headers, (text) => hideKey(text, key))
  const body = await readBody(response.body, megabytes * 1e6).catch((error: unknown) => {
    throw new ModelRequestFailed(describeCutReply(error, headers.get('content-encoding')))
  })
  if (!body.whole) throw new ModelRequestFailed(describeTooLarge(megabytes))
  return { headers, text: hideKey(body.text, key) }
}

async function readErrorReply(
  response: Response,
  provider: Outgoing['provider'],
  key: string | undefined,
): Promise<ModelRequestFailed> {
  const { status } = response
  const headers = hideInHeaders(response.headers, (text) => hideKey(text, key))
  // If it breaks off, the status says enough.
  const { text } = await readBody(response.body, maxErrorBytes).catch(() => ({ text: '' }))
  const body = parseBody(hideKey(text, key))
  const rateLimits = readRateLimits(provider, headers, body)
  return new ModelRequestFailed({
    status,
    ...(key === undefined && { keyless: true }),
    ...provider.describeFailure(body, status),
    headers: keepHeaders(headers),
    ...(rateLimits && { rateLimits }),
  })
}

/** Far more than an answer of a million tokens. */
export const standardReplyMegabytes = 64

/** Of an error reply no more than this is read: the message is at the beginning. */
const maxErrorBytes = 256 * 1024

/** @returns the text itself if it is not JSON */
export function parseBody(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
