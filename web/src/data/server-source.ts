import type { ProblemDocument } from '../../../src/api/documents.ts'
import { ApiProblem } from './api-problem.ts'
import { isOutage, reportOutage } from './outage.ts'
import type { Source } from './source.ts'

/** The server that the page was loaded from. */
export const serverSource: Source = {
  isLive: true,
  hasExpected: true,
  async request(method, address, body, signal) {
    const response = await send(method, address, body, signal)
    if (isOutage(response.status)) reportOutage()
    const value = parse(await response.text())
    if (response.ok && value !== undefined) return value
    const { error } = readProblem(value)
    throw new ApiProblem(response.status, error.type, error.message)
  },
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
      new ApiProblem(0, 'no-answer', 'The server does not answer. `npx arcloom up` starts it; what you drew is kept.'),
      { cause },
    )
  }
}

function readProblem(value: unknown): ProblemDocument {
  if (typeof value === 'object' && value !== null && 'error' in value) return value as ProblemDocument
  return { error: { type: 'unexpected', message: 'The server answered with something that is not its own.' } }
}

/** Undefined if it is not JSON, such as a proxy's page. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
