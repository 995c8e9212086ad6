import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { Hono } from 'hono'
import { createApp } from './create-app.ts'
import { openLibrary } from './open-library.ts'

const pair = { input: [[1, 2]], output: [[2, 1]] }
const secret = 'what stands outside of the data folder'

let root: string
let app: Hono
let faults: unknown[]
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'arcloom-hostile-'))
  faults = []
  await put('data/tasks/training/swap.json', { train: [pair], test: [{ input: [[5, 6]], output: [[6, 5]] }] })
  await put('secret.json', secret)
  app = createApp({
    library: openLibrary({ project: root, data: join(root, 'own') }),
    readPage: async () => new Map([['/index.html', { bytes: new Uint8Array(1), type: 'text/html', isHashed: false }]]),
    onFault: (fault) => faults.push(fault),
  })
})
afterEach(async () => {
  expect(faults).toEqual([])
  await rm(root, { recursive: true })
})

async function put(path: string, value: unknown): Promise<void> {
  await mkdir(join(root, path, '..'), { recursive: true })
  await writeFile(join(root, path), JSON.stringify(value))
}

async function ask(method: string, address: string, body?: string, headers: Record<string, string> = {}) {
  const response = await app.request(`http://127.0.0.1${address}`, {
    method,
    headers: { host: '127.0.0.1', 'content-type': 'application/json', ...headers },
    ...(body !== undefined && { body }),
  })
  return { status: response.status, text: await response.text() }
}

/** Files that were not there before. */
async function listWritten(): Promise<string[]> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile() && !['swap.json', 'secret.json'].includes(entry.name))
    .map(({ name }) => name)
}

const names = [
  '../secret',
  '../../etc/passwd',
  '..',
  '.',
  '/etc/passwd',
  '..\\..\\secret',
  '....//....//secret',
  'swap\0',
  '\0',
  'swap\n',
  '\ud800',
  '\u202eswap',
  'x'.repeat(401),
  '日本語'.repeat(50),
  '👩‍👩‍👧‍👦',
  '<script>alert(1)</script>',
  '"; rm -rf /',
  '${7*7}',
  '%00',
  '%2e%2e%2f',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
]

/** Encodes an id as a browser does; half a character, which an address cannot hold, as bytes that are not UTF-8. */
const encode = (name: string) => (name.isWellFormed() ? encodeURIComponent(name) : '%ed%a0%80')
const person = 'Ada'

test.each(names.map((name) => [JSON.stringify(name.slice(0, 30)), name]))(
  'the id %s reaches no file',
  async (_, name) => {
    const id = encode(name)
    const requests: [method: string, address: string, body?: object][] = [
      ['GET', `/api/tasks/${id}`],
      ['GET', `/api/tasks/${id}?version=1&steps=transpose`],
      ['GET', `/api/traces?task=${id}`],
      ['GET', `/api/samples/${id}/0?task=swap`],
      ['GET', `/api/samples/a/0?task=${id}`],
      ['GET', `/api/samples?task=${id}`],
      ['GET', `/api/solved?run=${id}`],
      ['GET', `/api/tasks/swap?version=${id}`],
      ['GET', `/api/tasks/swap?steps=${id}`],
      ['POST', `/api/tasks/${id}/distance`, { test: 0, grid: [[1]] }],
      ['POST', `/api/tasks/${id}/submissions`, { test: 0, grid: [[1]], person }],
      ['POST', `/api/tasks/${id}/versions`, { person }],
      ['DELETE', `/api/tasks/${id}/versions/1`, { person }],
      ['DELETE', `/api/tasks/swap/versions/${id}`, { person }],
      ['POST', `/api/tasks/swap/versions/${id}/restore`, { person }],
      ['POST', '/api/traces', { task: name, person, text: 'x' }],
      ['PUT', `/api/traces/${id}`, { person, text: 'x' }],
      ['PUT', `/api/traces/${id}/vote`, { person, vote: 1 }],
      ['DELETE', `/api/traces/${id}`, { person }],
      ['POST', `/api/traces/${id}/restore`, { person }],
    ]
    for (const [method, address, body] of requests) {
      const { status, text } = await ask(method, address, body && JSON.stringify(body))
      // A client may shorten an address such as `/api/tasks/..` to another one, which may exist.
      if (!['.', '..'].includes(name))
        expect([method, address, [400, 404].includes(status)]).toEqual([method, address, true])
      expect(text).not.toContain(secret)
      expect(await listWritten()).toEqual([])
    }
  },
)

test.each(['\ud800', '\0', 'a\tb', 'x'.repeat(61), '', '  ', '__proto__', null, 5, ['Ada'], { toString: 'Ada' }])(
  'a person named %j writes nothing',
  async (name) => {
    const body = JSON.stringify({ test: 0, grid: [[1]], person: name, task: 'swap', text: 'x' })
    for (const path of ['tasks/swap/submissions', 'tasks/swap/versions?steps=transpose', 'traces']) {
      expect((await ask('POST', `/api/${path}`, body)).status).toBe(400)
    }
    expect(await listWritten()).toEqual([])
  },
)

test.each(['constructor', 'toString', 'hasOwnProperty', '<b>Ada</b>', '👩‍👩‍👧‍👦'])(
  'a person named %j is like any other',
  async (name) => {
    await ask('POST', '/api/tasks/swap/submissions', JSON.stringify({ test: 0, grid: [[6, 5]], person: name }))
    const { text } = await ask('GET', `/api/progress?person=${encodeURIComponent(name)}`)
    expect(JSON.parse(text)).toMatchObject({ solved: { swap: 1 } })
    const added = await ask('POST', '/api/traces', JSON.stringify({ task: 'swap', person: name, text: 'x' }))
    const { trace_id: id } = JSON.parse(added.text) as { trace_id: string }
    for (let times = 0; times < 2; times += 1) {
      const vote = JSON.stringify({ person: name, vote: 1 })
      const voted = await ask('PUT', `/api/traces/${encodeURIComponent(id)}/vote`, vote)
      expect(JSON.parse(voted.text)).toMatchObject({ score: 1 })
    }
  },
)

test('keys of Object.prototype reach nothing', async () => {
  const poison = `"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}`
  await ask('POST', '/api/traces', `{"task":"swap","person":"Ada","text":"x",${poison}}`)
  await ask('POST', '/api/tasks/swap/submissions', `{"test":0,"grid":[[1]],"person":"Ada",${poison}}`)
  await ask('POST', '/api/tasks/swap/versions?steps=transpose', `{"person":"Ada",${poison}}`)
  await ask('GET', '/api/tasks?__proto__[polluted]=1&constructor.prototype.polluted=1')
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
  for (const file of ['traces_store', 'progress', 'dataset']) {
    expect(await readFile(join(root, 'own', `${file}.json`), 'utf8')).not.toContain('polluted')
  }
})

describe('a body', () => {
  const trace = (text: string) => JSON.stringify({ task: 'swap', person, text })

  test.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data',
    'text/plain; application/json',
    'application/json-patch+json',
    'application/jsonp',
    '',
  ])('of type %j is refused', async (type) => {
    expect((await ask('POST', '/api/traces', trace('x'), { 'content-type': type })).status).toBe(415)
    expect(await listWritten()).toEqual([])
  })

  test.each(['application/json', 'application/json; charset=utf-8', 'Application/JSON'])(
    'of type %j is read',
    async (type) => {
      expect((await ask('POST', '/api/traces', trace('x'), { 'content-type': type })).status).toBe(201)
    },
  )

  test('of 10 MB is refused, by its length or when it comes in chunks', async () => {
    const body = trace('a'.repeat(10_000_000))
    expect((await ask('POST', '/api/traces', body, { 'content-length': String(body.length) })).status).toBe(413)
    expect((await ask('POST', '/api/traces', body)).status).toBe(413)
    expect((await ask('POST', '/api/traces', body, { 'transfer-encoding': 'chunked' })).status).toBe(413)
  })

  test('without end is read only up to the limit', async () => {
    let sent = 0
    const endless = new ReadableStream({
      pull(controller) {
        sent += 0x10000
        controller.enqueue(new Uint8Array(0x10000))
      },
    })
    const request = new Request('http://127.0.0.1/api/traces', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: endless,
      duplex: 'half',
    })
    expect((await app.request(request)).status).toBe(413)
    expect(sent).toBeLessThan(1_000_000)
  })

  test.each([
    ['deeply nested lists', `${'['.repeat(100_000)}${']'.repeat(100_000)}`],
    ['a grid of deeply nested lists', `{"test":0,"person":"Ada","grid":${'['.repeat(1000)}1${']'.repeat(1000)}}`],
    ['an infinite number', '{"test":1e999,"grid":[[1]],"person":"Ada"}'],
    ['negative infinity', '{"test":-0.5,"grid":[[1]],"person":"Ada"}'],
    ['an object shaped like a list', '{"test":0,"grid":{"length":1,"0":[1]},"person":"Ada"}'],
    ['a word instead of a number', '{"test":"__proto__","grid":[[1]],"person":"Ada"}'],
    ['null', 'null'],
    ['half a string', '"'],
    ['nothing', ''],
    ['an empty object', '{}'],
  ])('that holds %s is refused', async (_, body) => {
    expect((await ask('POST', '/api/tasks/swap/submissions', body)).status).toBe(400)
    expect(await listWritten()).toEqual([])
  })
})

describe('a thousand random requests', () => {
  const word = fc.oneof(
    fc.constantFrom(...names.filter((name) => name.isWellFormed())),
    fc.string({ maxLength: 40 }),
    fc.string({ unit: 'binary', maxLength: 20 }),
  )
  const part = fc.oneof(
    fc.constantFrom(
      'api',
      'tasks',
      'traces',
      'progress',
      'attempts',
      'runs',
      'solved',
      'export',
      'versions',
      'swap',
      'vote',
      'restore',
    ),
    word.map((text) => (text.isWellFormed() ? encodeURIComponent(text) : '%ff')),
    fc.constantFrom('%', '%zz', '%c0%ae%c0%ae', '..%2f', '%252e%252e', ';', '@'),
  )
  const value = fc.oneof(word, fc.integer(), fc.double(), fc.constantFrom('swap', 'Ada', 0, 1), fc.jsonValue())
  const field = fc.constantFrom('person', 'task', 'test', 'grid', 'text', 'vote', 'from', 'to', 'version', '__proto__')
  const key = fc.oneof(fc.constant('swap'), part)
  const route = fc.oneof(
    fc.tuple(fc.constant('tasks'), key, fc.constantFrom('submissions', 'distance', 'versions')),
    fc.tuple(fc.constant('tasks'), key, fc.constant('versions'), part, fc.constant('restore')),
    fc.tuple(fc.constantFrom('tasks', 'traces'), key),
    fc.tuple(fc.constantFrom('tasks', 'traces', 'attempts', 'progress', 'runs', 'solved')),
    fc.tuple(fc.constant('attempts'), key, part),
  )
  const valid = { person: 'Ada', task: 'swap', test: 0, grid: [[1]], text: 'x', vote: 1 }
  const request = fc.record({
    method: fc.constantFrom('GET', 'HEAD', 'POST', 'POST', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'),
    parts: fc.oneof(route, route, fc.array(part, { maxLength: 6 })),
    underApi: fc.constantFrom(true, true, false),
    query: fc.array(fc.tuple(fc.constantFrom('steps', 'version', 'task', 'run', 'sample', 'person'), part), {
      maxLength: 4,
    }),
    body: fc.oneof(
      fc.dictionary(field, value, { maxKeys: 2 }).map((object) => JSON.stringify({ ...valid, ...object })),
      fc.string(),
      fc.json(),
    ),
    type: fc.constantFrom('application/json', 'application/json', 'application/json', 'text/plain', 'a/b'),
    origin: fc.constantFrom(undefined, undefined, 'http://127.0.0.1', 'null', 'https://evil.example', 'http://['),
    tag: fc.constantFrom(undefined, '*', '"', 'W/"x"'),
  })

  test('each get an answer from the server, and change nothing', async () => {
    const sample = fc.sample(request, { numRuns: 1000, seed: 20261125 })
    const statuses = new Map<number, number>()
    for (const { method, parts, underApi, query, body, type, origin, tag } of sample) {
      const path = `/${[...(underApi ? ['api'] : []), ...parts].join('/')}`
      const address = query.length > 0 ? `${path}?${query.map(([key, text]) => `${key}=${text}`).join('&')}` : path
      const { status, text } = await ask(method, address, ['GET', 'HEAD'].includes(method) ? undefined : body, {
        'content-type': type,
        ...(origin !== undefined && { origin }),
        ...(tag !== undefined && { 'if-none-match': tag }),
      })
      expect([method, address, status < 500]).toEqual([method, address, true])
      expect(text).not.toContain(secret)
      statuses.set(status, (statuses.get(status) ?? 0) + 1)
    }
    // Some requests of each kind got past the first checks.
    expect([...statuses.keys()]).toEqual(expect.arrayContaining([200, 400, 403, 404, 415]))
    expect((await ask('GET', '/api/tasks/swap')).status).toBe(200)
    expect(await readFile(join(root, 'secret.json'), 'utf8')).toBe(JSON.stringify(secret))
  })
})
