import { ModelRequestFailed } from '../../domain/models/model-failure.ts'
import type { Provider } from '../../domain/providers/provider.ts'
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

/** Some gateways reject requests without a user agent. */
export const standardHeaders = {
  accept: 'application/json',
  'content-type': 'application/json',
  'user-agent': 'Arcloom',
}

/** @throws {ModelRequestFailed} if no reply came */
export function openReply(fetch: Fetch, url: string, request: RequestInit, key: string | undefined): Promise<Response> {
  return fetch(url, request).catch((error: unknown) => {
    const failed = describeUnanswered(error)
    // Not as its cause: that error holds what was sent, and it may be logged.
    throw new ModelRequestFailed({ ...failed, message: hideKey(failed.message, key) })
  })
}

/** @throws {ModelRequestFailed} if an answer was cut short */
export async function receive(response: Response, key: string | undefined, megabytes: number): Promise<Received> {
  const { ok } = response
  const headers = hideInHeaders(response.headers, (text) => hideKey(text, key))
  const body = await readBody(response.body, ok ? megabytes * 1e6 : maxErrorBytes).catch((error: unknown) => {
    if (ok) throw new ModelRequestFailed(describeCutReply(error, headers.get('content-encoding')))
    // The status says enough.
    return { text: '', whole: true }
  })
  if (ok && !body.whole) throw new ModelRequestFailed(describeTooLarge(megabytes))
  return { headers, text: hideKey(body.text, key) }
}

/** What an error reply says. */
export function describeErrorReply(
  provider: Pick<Provider, 'describeFailure' | 'readRateLimits'>,
  status: number,
  { headers, text }: Received,
  key: string | undefined,
): ModelRequestFailed {
  const body = parseBody(text)
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
