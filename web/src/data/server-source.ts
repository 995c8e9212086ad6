import type { AnswerEvent, ProblemDocument } from '../../../src/api/documents.ts'
import { ApiProblem } from './api-problem.ts'
import { isOutage, reportOutage } from './outage.ts'
import type { Source } from './source.ts'

/** The server that the page was loaded from. */
export const serverSource: Source = {
  isLive: true,
  hasExpected: true,
  async request(method, address, body, signal) {
    const response = await send(method, address, body, signal)
    const value = parse(await response.text())
    if (response.ok && value !== undefined) return value
    throw describeRefusal(response.status, value)
  },
}

/**
 * Reads an answer that comes as JSON lines, to its end. Only a server has such.
 *
 * @throws {ApiProblem} if it is refused, not answered, or breaks off
 */
export async function readEvents(
  method: string,
  address: string,
  body: unknown,
  onEvent: (event: AnswerEvent) => void,
): Promise<void> {
  const response = await send(method, address, body, undefined)
  if (!response.ok || response.body === null) throw describeRefusal(response.status, parse(await response.text()))
  const reader = response.body.getReader()
  const decoder = new TextDecoder()
  let rest = ''
  for (;;) {
    const { value, done } = await reader.read().catch(() => {
      throw new ApiProblem(0, 'no-answer', 'The connection to the server broke off.')
    })
    if (done) return
    const lines = (rest + decoder.decode(value, { stream: true })).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) onEvent(JSON.parse(line) as AnswerEvent) // The server is of the same build.
  }
}

async function send(
  method: string,
  address: string,
  body: unknown,
  signal: AbortSignal | undefined,
): Promise<Response> {
  try {
    return await fetch(address, {
      method,
      ...(signal && { signal }),
      ...(body !== undefined && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    })
  } catch (cause) {
    // A request that was called off says nothing about the server.
    if (!signal?.aborted) reportOutage()
    throw Object.assign(
      new ApiProblem(
        0,
        'no-answer',
        'The server does not answer. To start it: npx arcloom up. What you drew or wrote here is kept.',
      ),
      { cause },
    )
  }
}

function describeRefusal(status: number, value: unknown): ApiProblem {
  if (isProblem(value)) {
    const { type, message, place } = value.error
    return new ApiProblem(status, type, message, place)
  }
  // Arcloom's own 503, such as when too many programs are waiting, says that the server is there.
  if (isOutage(status)) reportOutage()
  return new ApiProblem(status, 'unexpected', 'Something other than Arcloom answered.')
}

function isProblem(value: unknown): value is ProblemDocument {
  if (typeof value !== 'object' || value === null || !('error' in value)) return false
  const { error } = value
  return typeof error === 'object' && error !== null && 'message' in error
}

/** Undefined if it is not JSON, such as a proxy's page. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
