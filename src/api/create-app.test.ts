import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { Hono } from 'hono'
import { createApp } from './create-app.ts'
import type { Library } from './library.ts'
import { openLibrary } from './open-library.ts'

const grids = { input: [[1, 2]], output: [[2, 1]] }
const task = {
  train: [grids, { input: [[3, 4]], output: [[4, 3]] }],
  test: [{ input: [[5, 6]], output: [[6, 7]] }],
}

let root: string
let app: Hono
let library: Library
let faults: unknown[]
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'arcloom-api-'))
  faults = []
  await put('data/tasks/training/swap.json', task)
  library = openLibrary({ project: root, data: join(root, 'own') })
  const page = new Map([
    ['/index.html', { bytes: new TextEncoder().encode('<!doctype html>'), type: 'text/html', isHashed: false }],
    ['/assets/a-1.js', { bytes: new TextEncoder().encode('1'), type: 'text/javascript', isHashed: true }],
  ])
  app = createApp({ library, readPage: async () => page, onFault: (fault) => faults.push(fault) })
})
afterEach(() => rm(root, { recursive: true }))

async function put(path: string, value: unknown): Promise<void> {
  await mkdir(join(root, path, '..'), { recursive: true })
  await writeFile(join(root, path), JSON.stringify(value))
}

/** The fields that tests look at; each route returns some of them. */
interface Body {
  readonly tasks: readonly { key: string; task_id: string; places: unknown; versions: number }[]
  readonly faults: readonly string[]
  readonly task_id: string
  readonly places: unknown
  readonly train: readonly unknown[]
  readonly test_inputs: unknown
  readonly known_outputs: unknown
  readonly distance: { readonly differing: number }
  readonly differing: unknown
  readonly solved: unknown
  readonly views: object
  readonly version: number
  readonly traces: readonly { trace_id: string; score: number }[]
  readonly trace_id: string
  readonly text: string
  readonly error: { readonly type: string; readonly message: string }
}

interface Asked {
  readonly status: number
  readonly body: Body
  readonly headers: Headers
}

async function ask(
  method: string,
  address: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Asked> {
  const response = await app.request(`http://127.0.0.1:8321${address}`, {
    method,
    headers: { host: '127.0.0.1:8321', ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  const text = await response.text()
  const isJson = response.headers.get('content-type')?.startsWith('application/json') ?? false
  const answer: unknown = isJson ? JSON.parse(text) : text
  return { status: response.status, body: answer as Body, headers: response.headers }
}

describe('who may make requests', () => {
  test.each(['127.0.0.1:8321', 'localhost', 'LOCALHOST:8321', '[::1]:8321'])(
    'a browser that calls the server %s',
    async (host) => {
      expect((await ask('GET', '/api/tasks', undefined, { host })).status).toBe(200)
    },
  )

  test.each(['evil.example', 'evil.example:8321', '127.0.0.1.evil.example', 'localhost.evil.example'])(
    'not a browser that calls it %s: DNS rebinding',
    async (host) => {
      expect(await ask('GET', '/api/tasks', undefined, { host })).toMatchObject({
        status: 403,
        body: { error: { type: 'foreign-host' } },
      })
    },
  )

  const vote = { test: 0, grid: [[1]], person: 'Ada' }

  test.each([{ origin: 'http://127.0.0.1:8321' }, { 'sec-fetch-site': 'same-origin' }, {}])(
    'writes: its own page and programs, %j',
    async (headers) => {
      expect((await ask('POST', '/api/tasks/swap/submissions', vote, headers)).status).toBe(200)
    },
  )

  test.each([
    { origin: 'http://evil.example' },
    { origin: 'null' },
    { origin: 'http://127.0.0.1:9999' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
  ])('writes: no foreign page, %j', async (headers) => {
    expect(await ask('POST', '/api/tasks/swap/submissions', vote, headers as Record<string, string>)).toMatchObject({
      status: 403,
      body: { error: { type: 'foreign-origin' } },
    })
  })

  test('writes: nothing that a form can send without a preflight', async () => {
    const answer = await ask('POST', '/api/tasks/swap/submissions', JSON.stringify(vote), {
      'content-type': 'text/plain',
    })
    expect(answer).toMatchObject({ status: 415, body: { error: { type: 'not-json' } } })
  })

  test('the page may run and fetch only its own files', async () => {
    const { headers } = await ask('GET', '/')
    const policy = headers.get('content-security-policy')
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("script-src 'self'")
    expect(policy).not.toContain('unsafe')
  })
})

describe('tasks', () => {
  test('are listed with their first pair, never with a test output', async () => {
    const { body } = await ask('GET', '/api/tasks')
    expect(body.tasks).toEqual([
      {
        key: 'swap',
        task_id: 'swap',
        places: [{ dataset: 'tasks', split: 'training' }],
        input: '12',
        output: '21',
        train: 2,
        test: 1,
        largest_side: 2,
        versions: 0,
        traces: 0,
      },
    ])
  })

  test('are shown with the outputs of train pairs only', async () => {
    const { body } = await ask('GET', '/api/tasks/swap')
    expect(body).toMatchObject({ train: task.train, test_inputs: [[[5, 6]]], versions: [], same_as: 0 })
    expect(JSON.stringify(body)).not.toContain('[6,7]')
  })

  test('are shown under transforms', async () => {
    const { body } = await ask('GET', '/api/tasks/swap?steps=transpose.permute-1023456789')
    expect(body).toMatchObject({ test_inputs: [[[5], [6]]], same_as: null })
    expect(body.train[0]).toEqual({ input: [[0], [2]], output: [[2], [0]] })
  })

  test('show the output of a test pair that is swapped into train, and hide that of the train pair', async () => {
    const { body } = await ask('GET', '/api/tasks/swap?steps=swap-0-0')
    expect(body.train[0]).toEqual(task.test[0])
    expect(body.test_inputs).toEqual([[[1, 2]]])
  })

  test('of several datasets are all there, and an id that two of them share is told apart', async () => {
    await put('own/datasets/other/data/training/swap.json', { ...task, train: [grids] })
    await put('own/datasets/other/data/training/päivä & 夜.json', task)
    const { body } = await ask('GET', '/api/tasks')
    const keys = body.tasks.map(({ key }) => key)
    expect(keys).toHaveLength(3)
    for (const key of keys) expect((await ask('GET', `/api/tasks/${encodeURIComponent(key)}`)).status).toBe(200)
    expect(await ask('GET', '/api/tasks/swap')).toMatchObject({
      status: 404,
      body: { error: { type: 'ambiguous-task', message: expect.stringContaining('other') } },
    })
  })

  test('from a dataset.json alone are there too, whatever their dataset is called', async () => {
    const entries = ['a/b ü?#%', '..', '__proto__'].map((task_id) => ({ task_id, ...task, train: [grids] }))
    await put('own/dataset.json', entries)
    const { body } = await ask('GET', '/api/tasks')
    const copies = body.tasks.slice(1)
    expect(copies.map(({ task_id }) => task_id)).toEqual(entries.map(({ task_id }) => task_id))
    for (const { key, task_id } of copies) {
      const { status, body } = await ask('GET', `/api/tasks/${encodeURIComponent(key)}`)
      expect([status, body.task_id, body.places]).toEqual([200, task_id, [{ dataset: 'dataset.json', split: 'all' }]])
    }
  })

  test('found in two places are listed once', async () => {
    await put('own/datasets/other/data/evaluation/swap.json', task)
    const { body } = await ask('GET', '/api/tasks')
    expect(body.tasks.map(({ places }) => places)).toEqual([
      [
        { dataset: 'tasks', split: 'training' },
        { dataset: 'other', split: 'evaluation' },
      ],
    ])
  })

  test('that cannot be read are named, and the others shown', async () => {
    await put('data/tasks/training/broken.json', { train: [] })
    const { body } = await ask('GET', '/api/tasks')
    expect(body.tasks).toHaveLength(1)
    expect(body.faults).toContainEqual(expect.stringMatching(/broken\.json at train/))
  })

  test('are not sent again while unchanged', async () => {
    const first = await ask('GET', '/api/tasks')
    const tag = first.headers.get('etag') ?? ''
    expect((await ask('GET', '/api/tasks', undefined, { 'if-none-match': tag })).status).toBe(304)
    await put('own/dataset.json', [{ task_id: 'another', version: 0, ...task }])
    expect((await ask('GET', '/api/tasks', undefined, { 'if-none-match': tag })).status).toBe(200)
  })
})

describe('a distance', () => {
  const measure = async (grid: unknown, cells = false) =>
    (await ask('POST', '/api/tasks/swap/distance', { test: 0, grid, cells })).body

  test('says how many cells differ, and which ones only when asked', async () => {
    expect(await measure([[6, 6]])).toEqual({ distance: { kind: 'same-size', cells: 2, differing: 1 } })
    expect((await measure([[6, 6]], true)).differing).toEqual([[0, 1]])
  })

  test('to a grid of another size says no more than that', async () => {
    expect(await measure([[6], [7]], true)).toEqual({ distance: { kind: 'size-differs' }, differing: [] })
  })

  test('is measured under the transforms that are shown', async () => {
    const { body } = await ask('POST', '/api/tasks/swap/distance?steps=transpose', { test: 0, grid: [[6], [7]] })
    expect(body.distance.differing).toBe(0)
  })
})

describe('what a person solves', () => {
  const submit = async (grid: unknown, person = 'Ada', steps = '') =>
    (await ask('POST', `/api/tasks/swap/submissions?steps=${steps}`, { test: 0, grid, person })).body

  test('is stored, with the number of tries', async () => {
    expect(await submit([[0]])).toEqual({ correct: false, tries: 1, solved_in: null })
    expect(await submit([[6, 7]])).toEqual({ correct: true, tries: 2, solved_in: 2 })
    const { body } = await ask('GET', '/api/progress?person=Ada')
    expect(body.solved).toEqual({ swap: 2 })
    expect(JSON.parse(await readFile(join(root, 'own/progress.json'), 'utf8'))).toHaveProperty('people.Ada')
  })

  test('counts for the task under any transforms', async () => {
    await submit([[6], [7]], 'Ada', 'transpose')
    expect((await ask('GET', '/api/progress?person=Ada')).body.solved).toEqual({ swap: 1 })
  })

  test('is private to them, and moves to their name once they give it', async () => {
    await submit([[6, 7]], 'guest')
    expect((await ask('GET', '/api/progress?person=Ada')).body.solved).toEqual({})
    await ask('POST', '/api/progress/adoptions', { from: 'guest', to: 'Ada' })
    expect((await ask('GET', '/api/progress?person=Ada')).body.solved).toEqual({ swap: 1 })
  })
})

describe('versions', () => {
  const sign = (query: string, person = 'Ada') => ask('POST', `/api/tasks/swap/versions${query}`, { person })

  test('are signed with the chain that made them, and shown by number', async () => {
    expect((await sign('?steps=transpose')).body).toEqual({ version: 1, outcome: 'added' })
    const { body } = await ask('GET', '/api/tasks/swap?version=1')
    expect(body).toMatchObject({
      test_inputs: [[[5], [6]]],
      same_as: 1,
      versions: [
        {
          version: 1,
          signed_by: ['Ada'],
          derived_from: { version: 0, transforms: [{ kind: 'symmetry', symmetry: 'transpose' }] },
        },
      ],
    })
  })

  test('with equal content are one version, with one more signer', async () => {
    await sign('?steps=transpose')
    expect((await sign('?steps=rotate-90.mirror-left-right', 'Grace')).body).toEqual({ version: 1, outcome: 'signed' })
  })

  test('are removed and restored, and their numbers are never reused', async () => {
    await sign('?steps=transpose')
    expect((await ask('DELETE', '/api/tasks/swap/versions/1', { person: 'Ada' })).status).toBe(200)
    expect((await ask('GET', '/api/tasks/swap?version=1')).body.error.type).toBe('no-such-version')
    expect((await sign('?steps=rotate-180')).body.version).toBe(2)
    expect((await ask('POST', '/api/tasks/swap/versions/1/restore', { person: 'Ada' })).status).toBe(200)
    expect((await ask('GET', '/api/tasks/swap?version=1')).status).toBe(200)
  })
})

test('a version of another task with the same id is not removed', async () => {
  await ask('POST', '/api/tasks/swap/versions?steps=transpose', { person: 'Ada' })
  const other = { input: [[9]], output: [[8]] }
  await put('own/datasets/other/swap.json', { train: [other], test: [other] })
  library = openLibrary({ project: root, data: join(root, 'own') })
  app = createApp({ library, readPage: async () => new Map(), onFault: (fault) => faults.push(fault) })
  const { tasks } = (await ask('GET', '/api/tasks')).body
  expect(tasks).toHaveLength(2)
  /** Reads the number of versions of the task. */
  const remove = (versions: number) => {
    const key = tasks.find((task) => task.versions === versions)?.key
    return ask('DELETE', `/api/tasks/${key}/versions/1`, { person: 'Ada' })
  }
  expect((await remove(0)).status).toBe(404)
  expect((await remove(1)).status).toBe(200)
})

describe('traces', () => {
  const add = async (person = 'Ada') =>
    (await ask('POST', '/api/traces', { task: 'swap', person, text: '**Swap** them.' })).body

  test('are added, voted on once per person, and listed by score', async () => {
    const [first, second] = [await add(), await add()]
    await ask('PUT', `/api/traces/${second.trace_id}/vote`, { person: 'Grace', vote: 1 })
    await ask('PUT', `/api/traces/${second.trace_id}/vote`, { person: 'Grace', vote: 1 })
    const { body } = await ask('GET', '/api/traces?task=swap')
    expect(body.traces.map(({ trace_id, score }) => [trace_id, score])).toEqual([
      [second.trace_id, 1],
      [first.trace_id, 0],
    ])
  })

  test('are downloaded with their tasks, in the version each was written on', async () => {
    await ask('POST', '/api/tasks/swap/versions?steps=transpose', { person: 'Ada' })
    await ask('POST', '/api/traces', { task: 'swap', person: 'Ada', text: 'Turned.', version: 1 })
    await add()
    const { body, headers } = await ask('GET', '/api/export/tasks-with-traces.json')
    const turned = [{ input: [[5], [6]], output: [[6], [7]] }]
    expect(headers.get('content-disposition')).toContain('tasks-with-traces.json')
    expect(body).toMatchObject([
      { task_id: 'swap', version: 1, dataset: 'tasks', split: 'training', test: turned, traces: [{ text: 'Turned.' }] },
      { task_id: 'swap', version: 0, test: task.test, traces: [{ text: '**Swap** them.' }] },
    ])
  })

  test('are changed, removed and restored by their authors only', async () => {
    const { trace_id: id } = await add()
    expect((await ask('PUT', `/api/traces/${id}`, { person: 'Grace', text: 'No.' })).body.error.type).toBe('not-yours')
    expect((await ask('PUT', `/api/traces/${id}`, { person: 'Ada', text: 'Yes.' })).body.text).toBe('Yes.')
    expect((await ask('DELETE', `/api/traces/${id}`, { person: 'Ada' })).status).toBe(200)
    expect((await ask('GET', '/api/traces?task=swap')).body.traces).toEqual([])
    await ask('POST', `/api/traces/${id}/restore`, { person: 'Ada' })
    expect((await ask('GET', '/api/traces?task=swap')).body.traces).toHaveLength(1)
  })
})

describe('a task with a withheld test output', () => {
  beforeEach(() => put('data/tasks/training/kept.json', { ...task, test: [{ input: [[5, 6]] }, ...task.test] }))

  test('is shown, and says which outputs are known', async () => {
    const { body } = await ask('GET', '/api/tasks/kept?steps=transpose')
    expect(body).toMatchObject({
      test_inputs: [
        [[5], [6]],
        [[5], [6]],
      ],
      known_outputs: [false, true],
      same_as: null,
    })
    expect((await ask('GET', '/api/tasks')).body.tasks).toHaveLength(2)
  })

  test('is checked and measured where outputs are known, and counts no tries elsewhere', async () => {
    const submission = { grid: [[6, 7]], person: 'Ada' }
    expect(await ask('POST', '/api/tasks/kept/submissions', { ...submission, test: 1 })).toMatchObject({
      body: { correct: true, tries: 1 },
    })
    for (const route of ['submissions', 'distance']) {
      const { status, body } = await ask('POST', `/api/tasks/kept/${route}`, { ...submission, test: 0 })
      expect([status, body.error.type]).toEqual([404, 'no-solution'])
    }
    const { body } = await ask('GET', '/api/progress?person=Ada')
    expect(body.solved).toEqual({})
    expect(Object.values(body.views)).toEqual([
      [
        { tries: 0, solved_in: null },
        { tries: 1, solved_in: 1 },
      ],
    ])
  })

  test('may be in a dataset.json that somebody wrote, and other tasks open beside it', async () => {
    await put('own/dataset.json', [{ task_id: 'by-hand', ...task, test: [{ input: [[1]] }] }])
    expect((await ask('GET', '/api/tasks/by-hand')).body.known_outputs).toEqual([false])
    expect((await ask('GET', '/api/tasks/swap')).status).toBe(200)
    await ask('POST', '/api/tasks/swap/versions?steps=transpose', { person: 'Ada' })
    const entries: unknown = JSON.parse(await readFile(join(root, 'own/dataset.json'), 'utf8'))
    expect(entries).toMatchObject([{ task_id: 'by-hand' }, { task_id: 'swap' }])
  })

  test('cannot be signed, since a version is signed with its outputs', async () => {
    const { status, body } = await ask('POST', '/api/tasks/kept/versions?steps=transpose', { person: 'Ada' })
    expect([status, body.error.type]).toEqual([409, 'no-solution'])
    expect((await ask('GET', '/api/tasks/kept?steps=swap-0-0')).body.error.message).toMatch(/its output is not known/)
    expect((await ask('GET', '/api/tasks/kept?steps=swap-0-1')).status).toBe(200)
  })
})

describe('invalid requests are refused with an explanation', () => {
  const right = { test: 0, grid: [[6, 7]], person: 'Ada' }

  test.each([
    ['GET', '/api/tasks/none', undefined, 404, /no task "none"/],
    ['GET', '/api/tasks/swap?version=3', undefined, 404, /no version 3; none is signed/],
    ['GET', '/api/tasks/swap?version=x', undefined, 400, /whole number/],
    ['GET', '/api/tasks/swap?steps=twirl', undefined, 400, /transforms such as/],
    ['GET', '/api/tasks/swap?steps=swap-5-0', undefined, 400, /2 train and 1 test pairs/],
    ['POST', '/api/tasks/swap/submissions', { ...right, grid: [[1], [2, 3]] }, 400, /^grid: .*rows equally long/],
    ['POST', '/api/tasks/swap/submissions', { ...right, test: 4 }, 400, /has 1 test input, counted from 0/],
    ['POST', '/api/tasks/swap/submissions', { ...right, person: ' ' }, 400, /^person: must be a name/],
    ['POST', '/api/tasks/swap/submissions', { ...right, person: 'a\nb' }, 400, /line breaks/],
    ['POST', '/api/tasks/swap/submissions', '{', 400, /not JSON/],
    ['POST', '/api/traces', { task: 'swap', person: 'Ada', text: 'x', version: 9 }, 400, /^version: .*no version 9/],
    ['POST', '/api/traces', { task: 'swap', person: 'Ada', text: '' }, 400, /^text: must be a text/],
    ['PUT', '/api/traces/none/vote', { person: 'Ada', vote: 1 }, 404, /no longer exists/],
    ['PUT', '/api/traces/none/vote', { person: 'Ada', vote: 5 }, 400, /must be 1, -1/],
    ['GET', '/api/samples', undefined, 400, /the id of a task/],
    ['GET', '/api/samples/..%2f..%2f/0?task=swap', undefined, 404, /no run/],
    ['GET', '/api/samples/none/-1?task=swap', undefined, 400, /sample/],
    ['GET', '/api/solved?run=none', undefined, 404, /no run "none"/],
    ['GET', '/api/nothing', undefined, 404, /No route for GET \/api\/nothing/],
  ])('%s %s with %j', async (method, address, body, status, words) => {
    const answer = await ask(method, address, body)
    expect(answer.status).toBe(status)
    expect(answer.body.error.message).toMatch(words)
    expect(faults).toEqual([])
  })

  test('a body that is too large', async () => {
    const answer = await ask('POST', '/api/traces', { task: 'swap', person: 'Ada', text: 'a'.repeat(300_000) })
    expect(answer).toMatchObject({ status: 413, body: { error: { type: 'too-large' } } })
  })

  test('a data file that somebody broke is named', async () => {
    await put('own/dataset.json', [{ task_id: 'a' }])
    const { status, body } = await ask('GET', '/api/tasks')
    expect(status).toBe(500)
    expect(body.error.message).toMatch(/dataset\.json at \[0\]\.train/)
  })
})

describe('files of the page', () => {
  test.each(['/', '/tasks/swap', '/tasks/../../../etc/passwd', '/%2e%2e/%2e%2e/etc/passwd'])(
    '%s is the page itself',
    async (address) => {
      expect(await ask('GET', address)).toMatchObject({ status: 200, body: '<!doctype html>' })
    },
  )

  test('with a hash in their names are cached forever, and a missing file is not the page', async () => {
    expect((await ask('GET', '/assets/a-1.js')).headers.get('cache-control')).toContain('immutable')
    expect((await ask('GET', '/assets/b-2.js')).status).toBe(404)
  })

  test('that are not built are reported', async () => {
    const library = openLibrary({ project: root, data: root })
    const response = await createApp({ library, readPage: async () => new Map(), onFault: () => {} }).request(
      'http://localhost/',
    )
    expect(response.status).toBe(503)
    expect(await response.text()).toMatch(/scripts\/setup/)
  })
})
