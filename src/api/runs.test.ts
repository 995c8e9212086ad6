import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { Hono } from 'hono'
import { buildRecord } from '../../test/support/build-record.ts'
import { buildPairs } from '../../test/support/build-run.ts'
import { putRun } from '../../test/support/put-run.ts'
import { applyTransform } from '../domain/grids/transforms/apply-transform.ts'
import type { RunDocument } from '../domain/results/run-document.ts'
import { createApp } from './create-app.ts'
import type { Library } from './library.ts'
import { openLibrary } from './open-library.ts'

const right = (task: number) => ({ grids: buildPairs(task).test.map(({ output }) => output) })
/** Its own inverse. */
const transpose = { kind: 'symmetry', symmetry: 'transpose' } as const
const wrongSample = { grids: [[[9]]] }
const emptySample = { grids: [null] }

let root: string
let library: Library
let app: Hono
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'arcloom-api-runs-'))
  await mkdir(join(root, 'data/tasks/training'), { recursive: true })
  for (const index of [0, 1, 2]) await putTask(`task-${index}`, buildPairs(index))
  library = openLibrary({ project: root, data: join(root, 'own') })
  const onFault = (fault: unknown) => {
    throw fault
  }
  app = createApp({ library, readPage: async () => new Map(), onFault })
})
afterEach(() => rm(root, { recursive: true }))

async function putTask(id: string, task: unknown): Promise<void> {
  await writeFile(join(root, `data/tasks/training/${id}.json`), JSON.stringify(task))
}

/** The fields that tests look at; each route returns some of them. */
interface Body {
  readonly runs: readonly { readonly numbers: unknown }[]
  readonly document: Pick<RunDocument, 'scores'> | null
  readonly is_reading: boolean
  readonly rows: readonly { readonly marks: string }[]
  readonly error: { readonly type: string; readonly message: string }
}

async function read(address: string): Promise<Body> {
  const response = await app.request(`http://127.0.0.1${address}`, { headers: { host: '127.0.0.1' } })
  return (await response.json()) as Body
}

/** Asks again until the answer has the wanted form: long computations are answered later. */
async function readUntil(address: string, isDone: (body: Body) => boolean): Promise<Body> {
  for (;;) {
    const document = await read(address)
    if (isDone(document)) return document
    await setTimeout(20)
  }
}

/** Runs of the direct recipe. */
const asks = { recipe: 'direct' } as const

describe('runs', () => {
  test('are listed with their details', async () => {
    expect(await read('/api/runs')).toEqual({ runs: [], damaged: [] })
    await putRun(library.runs, [[right(0)], [wrongSample]], { runId: 'one', items: 3, specification: asks })
    const { runs } = await readUntil('/api/runs', (document) => document.runs[0]?.numbers !== null)
    const share = expect.closeTo(1 / 3)
    expect(runs).toEqual([
      {
        run_id: 'one',
        group: 'one',
        kind: 'benchmark',
        recipe: 'direct',
        model: 'MODEL',
        state: 'interrupted',
        reason: null,
        ending: null,
        started_at: '2026-01-01T00:00:00.000Z',
        ended_at: '2026-01-01T00:00:00.000Z',
        open_seconds: 0,
        places: [{ dataset: 'd', split: 'training' }],
        tasks: { total: 3, done: 2, failed: 0 },
        samples: 2,
        rounds: 1,
        gives_grids: true,
        in_flight: 0,
        gate_wait: null,
        waiting_for: null,
        numbers: {
          scores: [
            {
              dataset: 'd',
              split: 'training',
              tasks: 2,
              leaderboard: { value: 0.5, low: expect.any(Number), high: expect.any(Number) },
            },
          ],
          served_by_several: false,
          is_partial: true,
          cost_usd: 0,
          cost_at_least_usd: 0,
          cost_at_most_usd: 0,
          tokens: expect.any(Number),
        },
      },
    ])
    // The tasks of the whole run are in a document of their own.
    const { document } = await readUntil('/api/runs/one', (about) => about.document !== null)
    expect(document?.scores?.[0]?.leaderboard.value).toEqual(share)
  })

  test('show a task with the result of each sample, and which attempts were selected', async () => {
    const folder = await putRun(
      library.runs,
      [
        [right(0), emptySample],
        [wrongSample, emptySample],
      ],
      {
        runId: 'one',
        items: 3,
        specification: asks,
      },
    )
    await folder.putState({ ...(await folder.readState()), state: 'running', ended_at: null })
    const matrix = await readUntil('/api/runs/one/matrix', ({ is_reading }) => !is_reading)
    expect(matrix).toMatchObject({ run_id: 'one', samples: 2 })
    expect(matrix.rows).toMatchObject([
      { item: 'task-0', resolution: 'solved', marks: 'ru', selected: [0] },
      { item: 'task-1', resolution: 'no-right-candidate', marks: 'zu', selected: [0] },
      { item: 'task-2', resolution: 'not-recorded', marks: '', selected: [] },
    ])
    const [, , item] = await folder.listItems()
    if (item) await folder.putRecord(buildRecord(item, buildPairs(2), [right(2)]))
    const laterMatrix = await readUntil('/api/runs/one/matrix', ({ rows }) => rows[2]?.marks !== '')
    expect(laterMatrix.rows[2]).toMatchObject({ resolution: 'solved', marks: 'r' })
  })

  test("have a report once they have ended, in which no model's script can run", async () => {
    const folder = await putRun(library.runs, [[right(0)]], { runId: 'one', specification: asks })
    expect((await read('/api/runs/one/report.html')).error.type).toBe('no-report')
    await folder.putReport('report.html', '<!doctype html><title>one</title>')
    const response = await app.request('http://127.0.0.1/api/runs/one/report.html', { headers: { host: '127.0.0.1' } })
    expect(response.headers.get('content-security-policy')).toBe(
      "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    )
    expect(await response.text()).toContain('<title>one</title>')
  })

  test('that do not exist are answered with an explanation', async () => {
    for (const route of ['', '/matrix', '/report.html']) {
      expect((await read(`/api/runs/none${route}`)).error.message).toBe('There is no run "none".')
    }
  })
})

describe('the tasks that runs solved', () => {
  test('are those of one run, or of any run', async () => {
    await putRun(library.runs, [[right(0)], [wrongSample]], { runId: 'one', items: 3, specification: asks })
    await putRun(library.runs, [[emptySample], [wrongSample, right(1)]], { runId: 'two', specification: asks })
    expect(await read('/api/solved?run=one')).toEqual({ solved: ['task-0'], unsolved: ['task-1'] })
    expect(await read('/api/solved?run=two')).toEqual({ solved: ['task-1'], unsolved: ['task-0'] })
    expect(await read('/api/solved')).toEqual({ solved: ['task-0', 'task-1'], unsolved: [] })
    expect(await read('/api/solved/rates')).toEqual({ runs: { 'task-0': [1, 2], 'task-1': [1, 2] }, people: {} })
  })

  test('grow as an open run records more', async () => {
    const folder = await putRun(library.runs, [[right(0)]], { runId: 'one', items: 2, specification: asks })
    await folder.putState({ ...(await folder.readState()), state: 'running', ended_at: null })
    expect(await read('/api/solved?run=one')).toEqual({ solved: ['task-0'], unsolved: [] })
    const [, item] = await folder.listItems()
    if (item) await folder.putRecord(buildRecord(item, buildPairs(1), [wrongSample]))
    expect(await read('/api/solved?run=one')).toEqual({ solved: ['task-0'], unsolved: ['task-1'] })
  })

  test('are named by their key, whichever version a run asked for', async () => {
    const published = applyTransform(buildPairs(0), transpose)
    await putTask('task-0', published)
    await putRun(library.runs, [[right(0)]], { runId: 'one', specification: asks })
    expect(await read('/api/solved?run=one')).toEqual({ solved: [], unsolved: [] })
    await library.dataset.sign({
      task_id: 'task-0',
      base: published,
      derived: { pairs: buildPairs(0), from: { version: 0, transforms: [transpose] } },
      signer: 'Ada',
    })
    expect(await read('/api/solved?run=one')).toEqual({ solved: ['task-0'], unsolved: [] })
  })

  test('leave out runs that ask for explanations', async () => {
    await putRun(library.runs, [[right(0)]], { runId: 'why', specification: { recipe: 'reasoning' } })
    expect(await read('/api/solved')).toEqual({ solved: [], unsolved: [] })
    expect(await read('/api/samples?task=task-0')).toEqual({ runs: [] })
  })
})

describe("models' samples of a task", () => {
  beforeEach(async () => {
    await putRun(library.runs, [[emptySample, right(0)], [wrongSample]], {
      runId: 'one',
      items: 3,
      specification: asks,
    })
  })

  test('are listed by run, with the result of each sample', async () => {
    const about = { run: 'one', model: 'MODEL', created_at: '2026-01-01T00:00:00.000Z' }
    expect(await read('/api/samples?task=task-0')).toEqual({
      runs: [{ ...about, solved: true, samples: ['no-grid', 'right'] }],
    })
    expect(await read('/api/samples?task=task-1')).toEqual({ runs: [{ ...about, solved: false, samples: ['wrong'] }] })
    expect(await read('/api/samples?task=task-2')).toEqual({ runs: [{ ...about, solved: null, samples: [] }] })
  })

  test('are listed under transforms that turn them, not under those that ask for other pairs', async () => {
    expect((await read('/api/samples?task=task-0&steps=transpose')).runs).toHaveLength(1)
    expect((await read('/api/samples?task=task-0&steps=swap-0-0')).runs).toHaveLength(0)
  })

  test('are the grids that a sample gave for each test input', async () => {
    const outputs = buildPairs(0).test.map(({ output }) => output)
    const about = { run: 'one', model: 'MODEL', samples: 2 }
    expect(await read('/api/samples/one/1?task=task-0')).toMatchObject({
      ...about,
      sample: 1,
      outputs,
      correct: true,
      why_none: [null],
    })
    expect(await read('/api/samples/one/0?task=task-0')).toMatchObject({
      ...about,
      sample: 0,
      outputs: [null],
      correct: false,
      why_none: ['The answer holds no grid'],
    })
    expect((await read('/api/samples/one/2?task=task-0')).error.type).toBe('no-such-sample')
    expect((await read('/api/samples/one/0?task=task-2')).error.type).toBe('not-recorded')
  })

  test('are transformed along with the task', async () => {
    const turned = buildPairs(0).test.map(({ output }) => output.toReversed())
    expect(await read('/api/samples/one/1?task=task-0&steps=mirror-top-bottom')).toMatchObject({
      outputs: turned,
      rounds: [{ results: [{ part: 'test', got: turned[0] }] }],
    })
    expect((await read('/api/samples/one/1?task=task-0&steps=swap-0-0')).error.type).toBe('not-in-run')
  })
})
