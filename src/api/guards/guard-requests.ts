import type { MiddlewareHandler } from 'hono'
import { explainForeignHost, explainForeignPage } from '../../domain/foreign-visits.ts'
import { Problem } from '../problem.ts'
import { admitBearer, type Pass } from './admit-bearer.ts'

/**
 * Lets in only what a person's own browser, or a program on this machine, asks of this server by its own name; or, where there
 * is a pass, only who has it.
 *
 * With a pass the server may be called by any name: a page of a rebound name has no cookie of this one.
 */
export function guardRequests(pass: Pass | undefined): MiddlewareHandler {
  return async (context, next) => {
    const host = (context.req.header('host') ?? new URL(context.req.url).host).toLowerCase()
    if (pass === undefined) refuse('foreign-host', explainForeignHost(host))
    else {
      const answer = admitBearer(context, pass)
      if (answer) return answer
    }
    const { method } = context.req
    const [origin, site] = ['origin', 'sec-fetch-site'].map((name) => context.req.header(name))
    refuse('foreign-origin', explainForeignPage({ method, host, origin, site }))
    return next()
  }
}

function refuse(type: string, reason: string | undefined): void {
  if (reason !== undefined) throw new Problem(403, type, reason)
}
