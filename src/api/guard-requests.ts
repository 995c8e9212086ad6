import type { Context, MiddlewareHandler } from 'hono'
import { admitBearer, type Pass } from './admit-bearer.ts'
import { Problem } from './problem.ts'

const loopbackHosts = new Set(['127.0.0.1', 'localhost', '[::1]'])

/**
 * Lets in only what a person's own browser, or a program on this machine, asks of this server by its own name; or, where there
 * is a pass, only who has it.
 *
 * A server on the loopback interface has no password, so two doors stay shut. A name that somebody else's DNS points at
 * 127.0.0.1 would make a foreign page same-origin with this one (DNS rebinding): the Host header tells. And a foreign page
 * may send a request it cannot read the answer of, which is enough to write: Sec-Fetch-Site and Origin tell.
 *
 * With a pass the server may be called by any name: a page of a rebound name has no cookie of this one.
 */
export function guardRequests(pass: Pass | undefined): MiddlewareHandler {
  return async (context, next) => {
    const host = (context.req.header('host') ?? new URL(context.req.url).host).toLowerCase()
    if (pass === undefined) refuseForeignName(host)
    else {
      const answer = admitBearer(context, pass)
      if (answer) return answer
    }
    if (!['GET', 'HEAD'].includes(context.req.method)) refuseForeignPage(context, host)
    return next()
  }
}

function refuseForeignName(host: string): void {
  if (loopbackHosts.has(host.replace(/:\d+$/, ''))) return
  throw new Problem(403, 'foreign-host', `This server answers to 127.0.0.1 and localhost, not to "${host}".`)
}

function refuseForeignPage({ req }: Context, host: string): void {
  const site = req.header('sec-fetch-site')
  const origin = req.header('origin')
  const isOurs =
    (site === undefined || site === 'same-origin' || site === 'none') &&
    // A proxy before this server may speak https.
    (origin === undefined || [`http://${host}`, `https://${host}`].includes(origin.toLowerCase()))
  if (isOurs) return
  throw new Problem(403, 'foreign-origin', `A page of ${origin ?? 'another site'} may not write here.`)
}
