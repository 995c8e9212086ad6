import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Context } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { Problem } from './problem.ts'

/** What everybody must show where the server is not for this machine alone. */
export interface Pass {
  readonly token: string
  /** Browsers keep cookies by host, whatever the port: two servers on one machine need two names. */
  readonly cookie: string
}

/** @param port where the server listens */
export function createPass(port: number): Pass {
  return { token: randomBytes(32).toString('base64url'), cookie: `arcloom-${port}` }
}

/**
 * Lets in who shows the pass as a cookie. Who shows it in the address (`?token=`) is given the cookie and sent to the same
 * address without it, so that the token stays in no address bar, bookmark or history.
 *
 * They are sent there by a page and not by a redirect: a browser counts a redirect as part of what led here, a link in a
 * message, say, and then holds a strict cookie back.
 *
 * @returns what to answer instead of going on
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
    'This server asks for its token: open the address that it printed when it started.',
  )
}

/** In a time that says nothing about where they differ, nor how long the right one is. */
function isSame(given: string | undefined, token: string): boolean {
  return given !== undefined && timingSafeEqual(digest(given), digest(token))
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

function removeToken(url: string): string {
  const { pathname, searchParams } = new URL(url)
  searchParams.delete('token')
  // One slash: two would begin the name of another host.
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

/** A strict cookie is held back when a link of another site leads here; a link of this page brings it along. */
const refusal = `<title>Arcloom: a token is needed</title>
<h1>A token is needed</h1>
<p>Open the address that <code>arcloom web</code> printed when it started; it ends in <code>?token=…</code>.
Each start makes a new one.</p>
<p>You were let in before, and came here from another site? <a href="">Open this page again</a>.</p>
`
