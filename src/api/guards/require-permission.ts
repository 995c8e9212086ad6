import type { MiddlewareHandler } from 'hono'
import { Problem } from '../problem.ts'

/** Why visitors may only look, draw and write; also told by `GET /api/abilities`. */
export const whyNotAllowed =
  'This server does not let visitors start or steer runs, run programs or ask models. Whoever serves it can: arcloom web … --allow-runs.'

/** Guards what costs money, time or processors on behalf of a visitor. */
export function requirePermission(mayAct: boolean): MiddlewareHandler {
  return async (_context, next) => {
    if (!mayAct) throw new Problem(403, 'not-allowed', whyNotAllowed)
    return next()
  }
}
