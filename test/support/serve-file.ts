import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

interface FileServerOptions {
  /** Strong, weak, or none. */
  readonly etag?: string
  /** After how many bytes the connection breaks, for each request, once they are `received`; later requests are served whole. */
  readonly breaks?: readonly number[]
  readonly status?: number
  /** Answers range requests with 416. */
  readonly refusesParts?: boolean
}

export interface FileServer {
  readonly address: string
  readonly requests: readonly IncomingMessage[]
  /** Tells the server what the client has: a broken connection loses what nobody had read yet. */
  received(bytes: number): void
  /** What is served from now on. */
  replace(bytes: Buffer, etag: string): void
  close(): Promise<void>
}

/** Serves one file on loopback, in ranges when asked to, and breaks the connection when told to. */
export async function serveFile(bytes: Buffer, options: FileServerOptions = {}): Promise<FileServer> {
  let { etag } = options
  const breaks = [...(options.breaks ?? [])]
  const requests: IncomingMessage[] = []
  let breaking: { readonly at: number; readonly cut: () => void } | undefined
  const server = createServer((request, response) => {
    requests.push(request)
    const [, from] = /^bytes=(\d+)-$/.exec(request.headers.range ?? '') ?? []
    const goesOn = from !== undefined && etag !== undefined && request.headers['if-range'] === etag
    if (from !== undefined && options.refusesParts) {
      response.writeHead(416).end()
      return
    }
    const start = goesOn ? Number(from) : 0
    const body = bytes.subarray(start)
    const headers = {
      'content-length': body.length,
      ...(etag !== undefined && { etag }),
      ...(goesOn && { 'content-range': `bytes ${start}-${bytes.length - 1}/${bytes.length}` }),
    }
    response.writeHead(options.status ?? (goesOn ? 206 : 200), headers)
    const end = breaks.shift()
    if (end === undefined) {
      response.end(body)
    } else if (end === 0) {
      response.destroy()
    } else {
      breaking = { at: start + end, cut: () => response.destroy() }
      response.write(body.subarray(0, end))
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo // a TCP server has no other kind of address
  return {
    address: `http://127.0.0.1:${port}/archive.tar.gz`,
    requests,
    received(received) {
      if (breaking !== undefined && received >= breaking.at) breaking.cut()
    },
    replace(next, nextEtag) {
      bytes = next
      etag = nextEtag
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
