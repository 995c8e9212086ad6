import { createServer, request as send, type IncomingMessage, type ServerResponse } from 'node:http'
import { explainForeignHost, explainForeignPage } from '../../domain/foreign-visits.ts'

/** Where the UI itself listens. */
export interface UiTarget {
  readonly host: string
  readonly port: number
}

export interface UiGuard {
  /** Listens as soon as the port is free. */
  readonly open: () => void
  readonly close: () => void
}

export interface UiGuardOptions {
  readonly port: number
  /** Called for each request, since the server may have been restarted. */
  readonly findTarget: () => UiTarget | undefined
  readonly log: (line: string) => void
}

const listenAgainMs = 1_000

/** Requests that people start from the UI are a few lines of JSON. */
const maxBodyBytes = 4 * 1024 * 1024

/**
 * Listens on the public port of Temporal's UI. The UI answers to any Host, so a page whose DNS name points at 127.0.0.1
 * could start and terminate workflows, and the dev server has no flag against that. Such requests are refused here; all
 * others are forwarded to the UI.
 *
 * It is part of the supervisor, not a process of its own: if the supervisor is killed, the UI is gone until the next command
 * restarts it.
 */
export function createUiGuard({ port, findTarget, log }: UiGuardOptions): UiGuard {
  const server = createServer((request, response) => {
    const refusal = explainRefusal(request)
    const target = findTarget()
    if (refusal !== undefined) refuse(response, 403, refusal)
    else if (target === undefined) refuse(response, 503, 'The Temporal server is not up; try again in a moment.')
    else passOn(request, response, target)
  })
  let listenAgain: NodeJS.Timeout | undefined
  let hasReported = false
  const listen = () => server.listen(port, '127.0.0.1')
  server.on('error', (error) => {
    if (!hasReported) log(`Temporal's UI cannot be reached at port ${port} yet: ${error.message}`)
    hasReported = true
    listenAgain = setTimeout(listen, listenAgainMs)
  })
  return {
    open: () => void (server.listening || listenAgain !== undefined || listen()),
    close() {
      clearTimeout(listenAgain)
      server.close()
      server.closeAllConnections()
    },
  }
}

function explainRefusal({ method = 'GET', headers }: IncomingMessage): string | undefined {
  const { host = '', origin } = headers
  const site = headers['sec-fetch-site']
  return (
    explainForeignHost(host) ??
    explainForeignPage({ method, host, origin, site: typeof site === 'string' ? site : undefined })
  )
}

function refuse(response: ServerResponse, status: number, reason: string): void {
  if (response.headersSent) return void response.destroy()
  // The rest of the request is not read.
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', connection: 'close' }).end(`${reason}\n`)
}

function passOn(request: IncomingMessage, response: ServerResponse, { host, port }: UiTarget): void {
  const { method, url: path, headers } = request
  const upstream = send({ host, port, method, path, headers, agent: false }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers)
    answer.pipe(response)
    answer.once('error', () => response.destroy())
  })
  let bytes = 0
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.length
    if (bytes <= maxBodyBytes) return
    upstream.destroy()
    refuse(response, 413, `The body is larger than ${maxBodyBytes} bytes.`)
  })
  upstream.once('error', () => refuse(response, 502, "Temporal's UI does not answer; try again in a moment."))
  // The client has gone.
  response.once('close', () => upstream.destroy())
  request.pipe(upstream)
}
