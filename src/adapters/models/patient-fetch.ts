import { request as requestHttp, type IncomingMessage } from 'node:http'
import { request as requestHttps } from 'node:https'
import { Readable } from 'node:stream'

export type Fetch = (url: string | URL | Request, init?: RequestInit) => Promise<Response>

/** Often enough that no router on the way forgets a connection on which a model thinks for minutes without a byte. */
const keepAliveEveryMs = 30_000

/**
 * `fetch` for replies that take long: it gives up when the signal says so and never before. Node's own gives up after
 * five minutes without headers, which cannot be changed without the package it is built from.
 *
 * Each request has a connection of its own. A kept one may be closed by the server in the moment it is used again; that
 * saves a handshake and loses, now and then, a request that may have been paid for. Redirects are not followed: a POST
 * that is redirected has the wrong address, and the key should not travel on.
 */
export const patientFetch: Fetch = async (url, init = {}) => {
  const target = new URL(url instanceof Request ? url.url : url)
  const message = await new Promise<IncomingMessage>((resolve, reject) => {
    const send = target.protocol === 'https:' ? requestHttps : requestHttp
    const headers = { ...Object.fromEntries(new Headers(init.headers)), connection: 'close' }
    const outgoing = send(target, {
      method: init.method ?? 'GET',
      headers,
      ...(init.signal && { signal: init.signal }),
    })
    outgoing.on('socket', (socket) => socket.setKeepAlive(true, keepAliveEveryMs))
    outgoing.on('response', resolve)
    outgoing.on('error', reject)
    outgoing.end(init.body)
  })
  const body = [204, 304].includes(message.statusCode ?? 0) ? null : Readable.toWeb(message)
  return new Response(body as ReadableStream | null, {
    status: message.statusCode ?? 0,
    headers: new Headers(listHeaders(message)),
  })
}

function listHeaders(message: IncomingMessage): [string, string][] {
  return Object.entries(message.headersDistinct).flatMap(([name, values = []]) =>
    values.map((value): [string, string] => [name, value]),
  )
}
