import type { MiddlewareHandler } from 'hono'
import { Problem } from './problem.ts'

const loopbackHosts = new Set(['127.0.0.1', 'localhost', '[::1]'])

/**
 * Lets in only what a person's own browser, or a program on this machine, asks of this server by its own name.
 *
 * A server on the loopback interface has no password, so two doors stay shut. A name that somebody else's DNS points at
 * 127.0.0.1 would make a foreign page same-origin with this one (DNS rebinding): the Host header tells. And a foreign page
 * may send a request it cannot read the answer of, which is enough to write: Sec-Fetch-Site and Origin tell.
 */
export const guardRequests: MiddlewareHandler = async (context, next) => {
  const { host } = new URL(context.req.url)
  const given = context.req.header('host') ?? host
  if (!isLoopback(given)) {
    throw new Problem(403, 'foreign-host', `This server answers to 127.0.0.1 and localhost, not to "${given}".`)
  }
  if (!['GET', 'HEAD'].includes(context.req.method)) refuseForeign(context.req.header(), given)
  await next()
}

function refuseForeign(headers: Record<string, string>, host: string): void {
  const site = headers['sec-fetch-site']
  const origin = headers['origin']
  const isOurs =
    (site === undefined || site === 'same-origin' || site === 'none') &&
    (origin === undefined || origin === `http://${host}`)
  if (isOurs) return
  throw new Problem(403, 'foreign-origin', `A page of ${origin ?? 'another site'} may not write here.`)
}

function isLoopback(host: string): boolean {
  return loopbackHosts.has(host.replace(/:\d+$/, '').toLowerCase())
}
