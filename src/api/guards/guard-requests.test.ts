import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { Hono } from 'hono'
import { createApp } from '../create-app.ts'
import { openLibrary } from '../open-library.ts'
import { createPass, type Pass } from './admit-bearer.ts'

let root: string
let app: Hono
let pass: Pass
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'arcloom-guard-'))
  pass = createPass(8321)
  const page = new Map([
    ['/index.html', { bytes: new TextEncoder().encode('<!doctype html>'), type: 'text/html', isHashed: false }],
    ['/assets/a-1.js', { bytes: new TextEncoder().encode('1'), type: 'text/javascript', isHashed: true }],
  ])
  app = createApp({
    library: openLibrary({ project: root, data: root }),
    readPage: async () => page,
    onFault: (fault) => {
      throw fault
    },
    pass,
  })
})
afterEach(() => rm(root, { recursive: true }))

const host = '192.168.1.5:8321'
const ask = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  app.request(`http://${host}${path}`, { method, headers: { host, ...headers } })
const passCookie = () => ({ cookie: `${pass.cookie}=${pass.token}` })

describe('what costs money or time', () => {
  const act = (mayAct?: boolean, isPassRequired = true) =>
    createApp({
      library: openLibrary({ project: root, data: root }),
      readPage: async () => new Map(),
      onFault: () => {},
      ...(isPassRequired && { pass }),
      ...(mayAct !== undefined && { mayAct }),
    })
  const local = '127.0.0.1:8321'
  const post = (server: Hono, path: string) =>
    server.request(`http://${local}${path}`, {
      method: 'POST',
      headers: { host: local, 'content-type': 'application/json', ...passCookie() },
      body: '{}',
    })
  const read = async (server: Hono) =>
    (await server.request(`http://${local}/api/abilities`, { headers: { host: local, ...passCookie() } })).json()

  test.each(['/api/runs', '/api/runs/a/pause', '/api/tasks/swap/run', '/api/discussions/swap'])(
    'is refused to visitors with a token: POST %s',
    async (path) => {
      const response = await post(act(), path)
      expect(response.status).toBe(403)
      expect(await response.json()).toMatchObject({ error: { type: 'not-allowed' } })
    },
  )

  test('is allowed on this machine, and elsewhere if the server permits it', async () => {
    expect((await post(act(true), '/api/runs')).status).not.toBe(403)
    expect((await post(act(undefined, false), '/api/runs')).status).not.toBe(403)
  })

  test('is reported to the page', async () => {
    expect(await read(act())).toEqual({ may_act: false, reason: expect.stringContaining('--allow-runs') })
    expect(await read(act(true))).toEqual({ may_act: true })
  })
})

describe('a server with a token', () => {
  test.each(['/', '/tasks/swap', '/assets/a-1.js', '/index.html', '/?token=', '/?token=wrong', '//'])(
    'answers %s with a page that says what is needed, and nothing else',
    async (path) => {
      const response = await ask(path)
      expect(response.status).toBe(401)
      expect(response.headers.get('cache-control')).toBe('no-store')
      expect(response.headers.get('set-cookie')).toBeNull()
      const text = await response.text()
      expect(text).toContain('A token is needed')
      expect(text).not.toContain('script')
      expect(text).not.toContain(pass.token)
    },
  )

  test.each([
    ['GET', '/api/tasks'],
    ['HEAD', '/api/tasks'],
    ['POST', '/api/traces'],
    ['DELETE', '/api/traces/a'],
    ['OPTIONS', '/api/tasks'],
    ['GET', '/api/nothing'],
    ['POST', '/'],
  ])('answers %s %s with an error that says what is needed', async (method, path) => {
    const response = await ask(path, {}, method)
    expect(response.status).toBe(401)
    if (method !== 'HEAD') expect(await response.json()).toMatchObject({ error: { type: 'no-token' } })
  })

  test('takes no token from the address of an API request, which would end up in logs', async () => {
    expect((await ask(`/api/tasks?token=${pass.token}`)).status).toBe(401)
  })

  test('accepts a cookie with the token', async () => {
    expect((await ask('/', passCookie())).status).toBe(200)
    expect((await ask('/api/tasks', { cookie: `other=1; ${pass.cookie}=${pass.token}; more=2` })).status).toBe(200)
  })

  test.each(['', 'wrong', 'x'.repeat(43), 'x'.repeat(5_000), '%00', '"'])('does not accept %j', async (token) => {
    expect((await ask('/api/tasks', { cookie: `${pass.cookie}=${token}` })).status).toBe(401)
  })

  test('accepts neither part of the token nor more than it', async () => {
    for (const token of [pass.token.slice(0, -1), `${pass.token}x`, pass.token.toLowerCase().toUpperCase()]) {
      expect((await ask('/', { cookie: `${pass.cookie}=${token}` })).status).toBe(401)
      expect((await ask(`/?token=${token}`)).status).toBe(401)
    }
  })

  test('does not accept the cookie of another server on this machine', async () => {
    const other = createPass(8322)
    expect((await ask('/', { cookie: `${other.cookie}=${other.token}` })).status).toBe(401)
    expect((await ask('/', { cookie: `${other.cookie}=${pass.token}` })).status).toBe(401)
  })

  test('exchanges the token in the address for a strict cookie that no script can read', async () => {
    const response = await ask(`/tasks/swap?steps=transpose&token=${pass.token}`)
    expect(response.status).toBe(200)
    expect(response.headers.get('set-cookie')).toBe(`${pass.cookie}=${pass.token}; Path=/; HttpOnly; SameSite=Strict`)
    expect(response.headers.get('cache-control')).toBe('no-store')
    const text = await response.text()
    expect(text).toContain('content="0; url=/tasks/swap?steps=transpose"')
    expect(text).not.toContain(pass.token)
  })

  test.each(['//evil.example', '/\\evil.example', '///evil.example', '/%22%3E%3Cscript%3E'])(
    'redirects nobody to another site: %s',
    async (path) => {
      const text = await (await ask(`${path}?token=${pass.token}`)).text()
      const [, address = ''] = /url=([^"]*)"/.exec(text) ?? []
      expect(new URL(address, `http://${host}`).host).toBe(host)
      expect(text).not.toContain('<script')
    },
  )

  test.each(['localhost', 'arc.example', '10.0.0.7:8321'])('may be called %s', async (name) => {
    expect((await ask('/api/tasks', { ...passCookie(), host: name })).status).toBe(200)
  })

  test('accepts writes from its own pages, also behind a proxy that speaks https', async () => {
    const write = async (headers: Record<string, string>) =>
      (await ask('/api/traces', { ...passCookie(), ...headers }, 'POST')).status
    // 415: it was let in, and asked for JSON.
    expect(await write({ origin: `http://${host}` })).toBe(415)
    expect(await write({ host: 'arc.example', origin: 'https://arc.example' })).toBe(415)
    expect(await write({ origin: 'https://evil.example' })).toBe(403)
    expect(await write({ origin: `http://${host}.evil.example` })).toBe(403)
    expect(await write({ origin: 'http://192.168.1.5:9999' })).toBe(403)
    expect(await write({ 'sec-fetch-site': 'cross-site' })).toBe(403)
  })
})

test('each start creates a 256-bit token', () => {
  const tokens = new Set(Array.from({ length: 50 }, () => createPass(1).token))
  expect(tokens.size).toBe(50)
  for (const token of tokens) expect(Buffer.from(token, 'base64url')).toHaveLength(32)
})
