import { once } from 'node:events'
import { createServer, request, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { findFreePort } from '../../../test/support/find-free-port.ts'
import { isListening } from '../ports/is-listening.ts'
import { createUiGuard, type UiGuard } from './ui-guard.ts'

/** Stands in for the UI: answers with what reached it. */
const ui = createServer((request, response) => {
  readAll(request).then(
    (body) => response.end(`${request.method} ${request.url} ${body.length}`),
    () => response.destroy(),
  )
})
let port: number
let target: { host: string; port: number } | undefined
let guard: UiGuard

beforeAll(async () => {
  ui.listen(0, '127.0.0.1')
  await once(ui, 'listening')
  target = { host: '127.0.0.1', port: (ui.address() as AddressInfo).port }
  port = await findFreePort()
  guard = createUiGuard({ port, findTarget: () => target, log: () => {} })
  guard.open()
  while (!(await isListening(port))) continue
})
afterAll(() => {
  guard.close()
  ui.close()
})

async function readAll(message: IncomingMessage): Promise<string> {
  let body = ''
  for await (const chunk of message.setEncoding('utf8')) body += String(chunk)
  return body
}

async function visit(method: string, path: string, headers: Record<string, string> = {}, body = '') {
  const sent = request({ host: '127.0.0.1', port, method, path, headers })
  // The rest of a refused body is not read.
  sent.on('error', () => {})
  sent.end(body)
  const [response] = (await once(sent, 'response')) as [IncomingMessage]
  return { status: response.statusCode, body: await readAll(response) }
}

describe("the guard of Temporal's UI", () => {
  test('passes on requests of people and programs on this machine', async () => {
    expect(await visit('GET', '/namespaces?a=b')).toEqual({ status: 200, body: 'GET /namespaces?a=b 0' })
    const origin = `http://127.0.0.1:${port}`
    expect(await visit('POST', '/api/v1/x', { origin, 'sec-fetch-site': 'same-origin' }, 'abc')).toEqual({
      status: 200,
      body: 'POST /api/v1/x 3',
    })
  })

  test.each([
    ['reads', 'GET', { host: 'evil.example:8233' }],
    ['writes', 'POST', { host: 'evil.example:8233', origin: 'http://evil.example:8233' }],
    ['writes from another origin', 'POST', { origin: 'https://evil.example' }],
    ['writes and hides its origin', 'DELETE', { 'sec-fetch-site': 'cross-site' }],
  ])('refuses a foreign page that %s', async (_, method, headers) => {
    expect(await visit(method, '/api/v1/namespaces/default/workflows', headers)).toMatchObject({ status: 403 })
  })

  test('stops reading an endless body', async () => {
    expect(await visit('POST', '/', {}, 'x'.repeat(5 * 1024 * 1024))).toMatchObject({ status: 413 })
  })

  test('says so while the server is down', async () => {
    const before = target
    target = undefined
    expect(await visit('GET', '/')).toMatchObject({ status: 503 })
    target = { host: '127.0.0.1', port: await findFreePort() }
    expect(await visit('GET', '/')).toMatchObject({ status: 502 })
    target = before
  })
})
