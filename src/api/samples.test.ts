import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { Hono } from 'hono'
import { buildRecord } from '../../test/support/build-record.ts'
import { buildPairs } from '../../test/support/build-run.ts'
import { putRun } from '../../test/support/put-run.ts'
import { recordRun } from '../../test/support/record-run.ts'
import type { RunFolder } from '../adapters/stores/run-store.ts'
import type { Task } from '../domain/tasks/task.ts'
import { createApp } from './create-app.ts'
import type { Library } from './library.ts'
import { openLibrary } from './open-library.ts'

const right = { grids: buildPairs(0).test.map(({ output }) => output) }
const wrongSample = { grids: [[[9]]] }
const emptySample = { grids: [null] }
const asks = { recipe: 'direct' } as const

let root: string
let library: Library
let app: Hono
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'arcloom-api-samples-'))
  await mkdir(join(root, 'data/tasks/training'), { recursive: true })
  await writeFile(join(root, 'data/tasks/training/task-0.json'), JSON.stringify(buildPairs(0)))
  library = openLibrary({ project: root, data: join(root, 'own') })
  const onFault = (fault: unknown) => {
    throw fault
  }
  app = createApp({ library, readPage: async () => new Map(), onFault })
})
afterEach(() => rm(root, { recursive: true }))

/** The fields that tests look at; each route returns some of them. */
interface Body {
  readonly rounds: readonly { readonly results: unknown }[]
  readonly partials: unknown
  readonly attempts: unknown
  readonly correct: boolean
  readonly comparison: unknown
  readonly left_out: unknown
  readonly tasks: unknown
  readonly error: object
}

async function read(address: string): Promise<Body> {
  const response = await app.request(`http://127.0.0.1${address}`, { headers: { host: '127.0.0.1' } })
  return (await response.json()) as Body
}

const task: Task = { taskId: 'task-0', version: 0, dataset: 'd', split: 'training', ...buildPairs(0) }
const program = 'def solve_task(grid):\n    return grid[5]'

/** A run of the code recipe: its first sample has an error, its second is right. */
function record(): Promise<RunFolder> {
  const text = `Upside down.\n\n\`\`\`python\n${program}\n\`\`\``
  return recordRun(library.runs, {
    name: 'code',
    recipe: 'code',
    tasks: [task],
    say: () => [
      { texts: [text], reasoning: 'Let me see.' },
      { texts: [text], right: 'all' },
    ],
  })
}

describe('a sample', () => {
  test('shows the prompt, the answer, and what the program did', async () => {
    await record()
    const sample = await read('/api/runs/code/samples/task-0/0')
    expect(sample).toMatchObject({
      run: 'code',
      recipe: 'code',
      model: 'MODEL',
      provider: 'local',
      item: { key: 'task-0', task_id: 'task-0', view: { task: 'task-0', version: 0 } },
      sample: 0,
      samples: 2,
      train: buildPairs(0).train,
      test_inputs: buildPairs(0).test.map(({ input }) => input),
      correct: false,
      chosen: 0,
      source: null,
    })
    expect(sample.rounds).toMatchObject([
      {
        program,
        lost: [],
        ran: { verdict: 'wrong' },
        results: [
          { part: 'train', index: 0, verdict: 'wrong', got: null },
          { part: 'train', index: 1, verdict: 'wrong', got: null },
          { part: 'test', index: 0, verdict: 'wrong', got: null },
        ],
        calls: [
          {
            test: null,
            messages: [{ role: 'system' }, { role: 'user', content: expect.stringContaining('Test input') }],
            parameters: { model: 'model-id', temperature: 0.5, seed: 0 },
            outcome: 'answered',
            text: expect.stringContaining('Upside down.'),
            reasoning: 'Let me see.',
            finish_reason: 'stop',
            served_by: { model: null, host: null },
            request_id: 'id',
            cost_usd: 0.25,
          },
        ],
      },
    ])
  })

  test('does not include the expected outputs, which are a request of their own', async () => {
    await record()
    const [output] = buildPairs(0).test.map((pair) => JSON.stringify(pair.output))
    const text = JSON.stringify(await read('/api/runs/code/samples/task-0/0'))
    expect(text).not.toContain(output)
    expect(await read('/api/runs/code/expected/task-0')).toEqual({
      outputs: buildPairs(0).test.map((pair) => pair.output),
    })
  })

  test('says which attempt its grid became', async () => {
    await putRun(library.runs, [[wrongSample, right, right, emptySample]], { runId: 'grids', specification: asks })
    const samples = await Promise.all([0, 1, 3].map((n) => read(`/api/runs/grids/samples/task-0/${n}`)))
    expect(samples.map(({ attempts, correct }) => [attempts, correct])).toEqual([
      [[2], false],
      [[1], true],
      [[null], false],
    ])
    expect(samples.map(({ rounds }) => rounds[0]?.results)).toEqual([
      [{ part: 'test', index: 0, verdict: 'wrong', got: [[9]] }],
      [{ part: 'test', index: 0, verdict: 'correct', got: right.grids[0] }],
      [{ part: 'test', index: 0, verdict: 'no-grid', got: null }],
    ])
  })

  test('shows what its record holds when an answer is lost', async () => {
    const folder = await record()
    await Promise.all((await folder.listFiles('answers')).map((name) => folder.setAside(name)))
    const { rounds } = await read('/api/runs/code/samples/task-0/1')
    expect(rounds[0]).toMatchObject({ calls: [], program, lost: [expect.stringContaining('answers/')] })
  })

  test('has what came of its broken streams beside its round, and so has a task without a record', async () => {
    const folder = await record()
    const put = (item: string, sample: number, round: number) =>
      folder.putPartial({
        answer: 'k',
        question: { item, sample, round, test_pair: null, previous: null },
        reason: 'the reply broke off',
        asked_at: '2026-01-01T00:00:00.000Z',
        broke_at: '2026-01-01T00:00:02.000Z',
        text: 'The rule',
        reasoning: '',
        omitted_characters: 0,
        ledger_request: 'request',
        request_id: 'gen-1',
      })
    await put('task-0', 0, 1)
    await put('task-0', 1, 2)
    await put('task-0.1', 0, 1)
    const { rounds } = await read('/api/runs/code/samples/task-0/0')
    expect(rounds).toMatchObject([{ partials: [{ round: 0, text: 'The rule', request_id: 'gen-1' }] }])
    expect((await read('/api/runs/code/partials/task-0')).partials).toMatchObject([
      { sample: 0, round: 0 },
      { sample: 1, round: 1 },
    ])
  })

  test('that does not exist is answered with an explanation', async () => {
    await putRun(library.runs, [[wrongSample]], { runId: 'grids', items: 2, specification: asks })
    const explain = async (address: string) => (await read(address)).error
    expect(await explain('/api/runs/gone/samples/task-0/0')).toMatchObject({ type: 'no-such-run' })
    expect(await explain('/api/runs/grids/samples/task-9/0')).toMatchObject({
      type: 'not-in-run',
      message: 'Run "grids" has no task "task-9".',
    })
    expect(await explain('/api/runs/grids/samples/task-0/7')).toMatchObject({
      type: 'no-such-sample',
      message: 'Run "grids" has 1 sample of "task-0"; there is no sample 8 (7 in addresses, which count from 0).',
    })
    expect(await explain('/api/runs/grids/samples/task-0/x')).toMatchObject({ type: 'malformed' })
    expect(await explain('/api/runs/grids/samples/task-1/0')).toMatchObject({ type: 'not-recorded' })
  })
})

test('attempts are listed by test input, with the samples that gave them', async () => {
  await putRun(library.runs, [[wrongSample, right, right]], { runId: 'grids', items: 2, specification: asks })
  expect(await read('/api/runs/grids/attempts/task-0')).toMatchObject({
    run: 'grids',
    recorded: true,
    test_inputs: buildPairs(0).test.map(({ input }) => input),
    attempts: [
      [
        { grid: right.grids[0], right: true, samples: [1, 2] },
        { grid: [[9]], right: false, samples: [0] },
      ],
    ],
  })
  expect(await read('/api/runs/grids/attempts/task-1')).toMatchObject({ recorded: false, attempts: [[]] })
})

describe('runs side by side', () => {
  beforeEach(async () => {
    await putRun(library.runs, [[right], [wrongSample]], { runId: 'a', specification: asks })
    await putRun(library.runs, [[wrongSample], [wrongSample]], { runId: 'b', specification: asks })
  })

  test('are compared as on the command line, with the tasks on which they differ', async () => {
    const { comparison, left_out, tasks } = await read('/api/compare?runs=a,b')
    expect(comparison).toMatchObject({ common_tasks: 2, pairs: [{ a: 'a', b: 'b', only_a: ['task-0'], only_b: [] }] })
    expect(left_out).toEqual([])
    expect(tasks).toEqual([
      {
        name: 'task-0',
        dataset: 'd',
        split: 'training',
        outputs: 1,
        runs: [
          { item: 'task-0', matched: 1, right: 1, recorded: true },
          { item: 'task-0', matched: 0, right: 0, recorded: true },
        ],
      },
    ])
  })

  test('are read again once one of them has changed', async () => {
    expect((await read('/api/compare?runs=a,b')).tasks).toHaveLength(1)
    const folder = await library.runs.openRun('b')
    const [item] = await folder.listItems()
    if (item) await folder.putRecord(buildRecord(item, buildPairs(0), [right]))
    expect((await read('/api/compare?runs=a,b')).tasks).toEqual([])
  })

  test('of different tasks are compared on the common ones, and only when asked for', async () => {
    await putRun(library.runs, [[right]], { runId: 'small', specification: asks })
    expect((await read('/api/compare?runs=a,small')).error).toMatchObject({
      type: 'different-tasks',
      message: expect.stringContaining('a has 1 task that is not in every run: task-1'),
    })
    expect(await read('/api/compare?runs=a,small&common=yes')).toMatchObject({
      comparison: { common_tasks: 1 },
      left_out: ['a has 1 task that is not in every run: task-1'],
    })
  })

  test('that cannot be compared are refused with an explanation', async () => {
    await putRun(library.runs, [[right]], { runId: 'why', specification: { kind: 'generation', recipe: 'reasoning' } })
    const explain = async (query: string) => (await read(`/api/compare${query}`)).error
    expect(await explain('')).toMatchObject({ message: 'runs: must be two or more runs, separated by commas' })
    expect(await explain('?runs=a,a')).toMatchObject({ message: 'runs: 1 given; 2 to 6 can be compared' })
    expect(await explain('?runs=a,gone')).toMatchObject({ type: 'no-such-run' })
    expect(await explain('?runs=a,why')).toMatchObject({ type: 'no-scores' })
    expect(await explain('?runs=a,b&common=perhaps')).toMatchObject({ message: 'common: must be `yes` or `no`' })
  })
})
