import { request as requestHttp, type IncomingMessage } from 'node:http'
import { request as requestHttps } from 'node:https'
import { pipeline, Readable, type Transform } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate, createZstdDecompress } from 'node:zlib'

export type Fetch = (url: string | URL | Request, init?: RequestInit) => Promise<Response>

/** Often enough that no router on the way drops a connection on which a model thinks for minutes without a byte. */
const keepAliveEveryMs = 30_000

/** Four times Node's own limit: some gateways send dozens of cookies and traces. */
const maxHeaderBytes = 64 * 1024

/**
 * `fetch` for replies that take long: only the signal ends it. Node's own gives up after five minutes without headers, which
 * cannot be changed without the package it is built from.
 *
 * Each request has its own connection. A server may close a kept-alive one at the moment it is reused; that would save a
 * handshake and lose, now and then, a request that may have been paid for. Redirects are not followed: a POST that is redirected
 * has the wrong address, and must not carry the key elsewhere.
 */
export const patientFetch: Fetch = async (url, init = {}) => {
  const target = new URL(url instanceof Request ? url.url : url)
  const message = await new Promise<IncomingMessage>((resolve, reject) => {
    const send = target.protocol === 'https:' ? requestHttps : requestHttp
    const headers = { ...Object.fromEntries(new Headers(init.headers)), connection: 'close' }
    const outgoing = send(target, {
      method: init.method ?? 'GET',
      headers,
      maxHeaderSize: maxHeaderBytes,
      ...(init.signal && { signal: init.signal }),
    })
    outgoing.on('socket', (socket) => socket.setKeepAlive(true, keepAliveEveryMs))
    outgoing.on('response', resolve)
    outgoing.on('error', reject)
    if (isStreamed(init.body)) pipeline(Readable.from(init.body), outgoing, (error) => error && reject(error))
    else outgoing.end(init.body)
  })
  const status = message.statusCode ?? 0
  const body = [204, 205, 304].includes(status) ? null : Readable.toWeb(decompress(message))
  return new Response(body as ReadableStream | null, {
    // HTTP allows three digits, a `Response` only up to 599; higher ones are the server's fault, too.
    status: Math.min(status, 599),
    headers: new Headers(listHeaders(message)),
  })
}

/** A body that is written piece by piece, for those that are too large for memory. */
function isStreamed(body: unknown): body is AsyncIterable<Uint8Array> {
  return typeof body === 'object' && body !== null && Symbol.asyncIterator in body
}

const decompressors: Readonly<Record<string, () => Transform>> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
  zstd: createZstdDecompress,
}

/** The request asks for no compression, but some gateways compress anyway. */
function decompress(message: IncomingMessage): Readable {
  const encoding = message.headers['content-encoding']?.trim().toLowerCase() ?? ''
  const create = Object.hasOwn(decompressors, encoding) ? decompressors[encoding] : undefined
  // Whichever of the two ends first ends the other; the reader sees the error.
  return create === undefined ? message : pipeline(message, create(), () => undefined)
}

function listHeaders(message: IncomingMessage): [string, string][] {
  return Object.entries(message.headersDistinct).flatMap(([name, values = []]) =>
    values.map((value): [string, string] => [name, value]),
  )
}
