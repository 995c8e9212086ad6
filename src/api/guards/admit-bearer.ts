import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Context } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { Problem } from '../problem.ts'

/** What every visitor must present if the server is not for this machine alone. */
export interface Pass {
  readonly token: string
  /** Browsers keep cookies per host, whatever the port: two servers on one machine need two names. */
  readonly cookie: string
}

/** @param port the server's port */
export function createPass(port: number): Pass {
  return { token: randomBytes(32).toString('base64url'), cookie: `arcloom-${port}` }
}

/**
 * Admits visitors with the token in a cookie. A visitor with the token in the address (`?token=`) gets the cookie and is sent to
 * the same address without it, so that the token stays in no address bar, bookmark or history.
 *
 * They are sent by a page rather than a redirect: to a browser a redirect is part of the navigation that led here, perhaps from a
 * link in a message, and then it withholds a strict cookie.
 *
 * @returns the response to give instead of continuing
 * @throws {Problem} to programs; people get a page
 */
export function admitBearer(context: Context, { token, cookie }: Pass): Response | undefined {
  const { req } = context
  if (isSame(getCookie(context, cookie), token)) return undefined
  const isPage = req.method === 'GET' && !req.path.startsWith('/api/')
  if (isPage && isSame(req.query('token'), token)) {
    setCookie(context, cookie, token, { httpOnly: true, sameSite: 'Strict', path: '/' })
    return answer(context, 200, goOn(removeToken(req.url)))
  }
  if (isPage) return answer(context, 401, refusal)
  context.header('cache-control', 'no-store')
  throw new Problem(
    401,
    'no-token',
    'This server requires its token: open the address that it printed when it started.',
  )
}

/** In constant time, so that timing reveals neither where they differ nor the token's length. */
function isSame(candidate: string | undefined, token: string): boolean {
  return candidate !== undefined && timingSafeEqual(digest(candidate), digest(token))
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

function removeToken(url: string): string {
  const { pathname, searchParams } = new URL(url)
  searchParams.delete('token')
  // One slash: two would begin another host's name.
  return `${pathname.replace(/^\/+/, '/')}${searchParams.size > 0 ? `?${searchParams.toString()}` : ''}`
}

function answer(context: Context, status: 200 | 401, html: string): Response {
  context.header('cache-control', 'no-store')
  return context.html(
    `<!doctype html><html lang="en"><meta name="viewport" content="width=device-width">${html}`,
    status,
  )
}

function goOn(address: string): string {
  const safe = address.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')
  return `<meta http-equiv="refresh" content="0; url=${safe}"><title>Arcloom</title><p><a href="${safe}">Go on</a></p>`
}

/** A strict cookie is withheld when a link on another site leads here; a link on this page sends it. */
const refusal = `<title>Arcloom: token required</title>
<h1>A token is needed</h1>
<p>Open the address that <code>arcloom web</code> printed when it started; it ends in <code>?token=…</code>.
Each start makes a new one.</p>
<p>If you followed a link from another site and had access before, <a href="">open this page again</a>.</p>
`
