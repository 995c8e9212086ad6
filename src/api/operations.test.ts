import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { makeProject } from '../../test/support/play-stack.ts'
import { putRun } from '../../test/support/put-run.ts'
import { readConfig } from '../config.ts'
import { createOperations } from '../operations/create-operations.ts'
import { createApp } from './create-app.ts'
import type { Library } from './library.ts'
import { openLibrary } from './open-library.ts'

let project: string
let library: Library
beforeEach(async () => {
  project = await makeProject('http://127.0.0.1:1/v1', 3)
  library = openLibrary({ project, data: join(project, 'own') })
})
afterEach(() => rm(project, { recursive: true }))

function open(mayAct = true) {
  const config = readConfig({ ARCLOOM_DATA_DIR: join(project, 'own') }, { projectRoot: project })
  const operations = createOperations({
    readConfig: async () => config,
    stateDir: config.stateDir,
    store: library.runs,
    note: () => undefined,
  })
  const onFault = (fault: unknown) => {
    throw fault
  }
  return createApp({ library, readPage: async () => new Map(), onFault, operations, mayAct })
}

async function send(
  address: string,
  body?: unknown,
  app = open(),
  headers: Record<string, string> = {},
): Promise<{ readonly status: number; readonly body: unknown }> {
  const response = await app.request(`http://127.0.0.1/api${address}`, {
    headers: { host: '127.0.0.1', 'content-type': 'application/json', ...headers },
    ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
  })
  return { status: response.status, body: await response.json() }
}

const plan = (flags: Record<string, unknown>, recipe = 'code') =>
  send('/runs/plan', { kind: 'benchmark', recipe, flags })

const refused = (message: string, place?: string) => ({
  status: 400,
  body: { error: { message: expect.stringContaining(message), ...(place !== undefined && { place }) } },
})

const hasProblems = (...problems: (readonly [field: string, message: string])[]) => ({
  status: 200,
  body: {
    runs: [],
    problems: problems.map(([field, message]) => ({ field, message: expect.stringContaining(message) })),
  },
})

describe('what a form offers', () => {
  test('are the models with what they lack, the datasets and the flags of the commands', async () => {
    const { body } = await send('/start-options')
    expect(body).toMatchObject({
      models: [
        { key: 'FAKE', missing: null, prices: { promptUsdPerMillion: 1 } },
        { key: 'KEYED', missing: 'ARCLOOM_TEST_KEY is not set' },
      ],
      datasets: [{ path: 'data/tasks', tasks: 3 }],
      flags: {
        best_of: { flags: '--best-of <n>', default: '1', choices: null },
        max_concurrent_tasks: { default: '5' },
        solver: { choices: ['sample', 'refine'] },
      },
    })
    expect(Object.keys((body as { flags: object }).flags)).not.toContain('base_url')
  })
})

describe('a plan', () => {
  test('tells requests and the most they can cost', async () => {
    const flags = { model: ['FAKE'], best_of: '4', rounds: 2, max_tokens: '1000', max_tasks: 2 }
    const { body } = await plan(flags)
    expect(body).toMatchObject({ tasks: 2, note: null })
    const [run] = (body as { runs: { requests: unknown; cost_at_most_usd: number }[] }).runs
    expect(run).toMatchObject({ model: 'FAKE', requests: { first: 8, most: 16 } })
    // 16 answers of 1,000 tokens for $1 each, and what is read.
    expect(run?.cost_at_most_usd).toBeGreaterThan(16)
    expect(run?.cost_at_most_usd).toBeLessThan(17)
  })

  test('has no cost where an answer may have any length', async () => {
    expect((await plan({ model: ['FAKE'] })).body).toMatchObject({ runs: [{ cost_at_most_usd: null }] })
  })

  test.each<[string, Record<string, unknown>, string, string]>([
    ['a number out of range', { best_of: '0' }, "option '--best-of <n>' argument '0' is invalid", 'best_of'],
    ['a choice that is none', { solver: 'luck' }, 'Allowed choices are sample, refine.', 'solver'],
    ['no model', { model: undefined }, '--model is required', 'model'],
    ['an unknown model', { model: ['FAK'] }, 'There is no model "FAK". Did you mean FAKE?', 'model'],
    ['a model without its key', { model: ['KEYED'] }, 'ARCLOOM_TEST_KEY is not set', 'model'],
    ['a budget without a limit of answers', { budget_usd: 1 }, '--budget-usd needs --max-tokens', 'budget_usd'],
    [
      'two choices of tasks',
      { tasks: '0:1', max_tasks: 1 },
      'Only one of --max-tasks, --tasks and --task-ids',
      'max_tasks',
    ],
    ['a dataset that is not listed', { dataset: ['/etc'] }, '--dataset /etc: not among the datasets', 'dataset'],
    ['another address', { base_url: 'http://example.org' }, "unknown option '--base-url'", 'base_url'],
    ['programs without a sandbox', { sandbox: 'none' }, "unknown option '--sandbox'", 'sandbox'],
    ['a name that nothing has', { constructor: '1' }, "unknown option '--constructor'", 'constructor'],
  ])('has a problem with %s, at its field', async (_, flags, message, field) => {
    expect(await plan({ model: ['FAKE'], ...flags })).toMatchObject(hasProblems([field, message]))
  })

  test('has all its problems at once', async () => {
    const flags = { model: ['KEYED'], best_of: '0', budget_usd: 1, name: 'a b', tasks: '9:', dataset: ['/etc'] }
    expect(await plan(flags)).toMatchObject(
      hasProblems(
        ['best_of', 'Allowed: a whole number'],
        ['dataset', 'not among the datasets'],
        ['name', '--name "a b"'],
        ['model', 'ARCLOOM_TEST_KEY is not set'],
        ['budget_usd', '--budget-usd needs'],
        ['tasks', '--tasks begins at 9'],
      ),
    )
    expect(await plan({ best_of: 'x' })).toMatchObject(
      hasProblems(['best_of', 'Allowed'], ['model', '--model is required']),
    )
  })

  test('is no plan where the request makes no sense', async () => {
    expect(await plan({ model: { key: 'secret' } })).toMatchObject(refused('must be a text or a number', 'flags.model'))
  })

  test('of explanations has no limits of programs', async () => {
    const body = { kind: 'generation', recipe: 'reasoning', flags: { model: ['FAKE'], cpu_seconds: 3 } }
    expect(await send('/runs/plan', body)).toMatchObject(hasProblems(['cpu_seconds', "unknown option '--cpu-seconds'"]))
  })
})

describe('starting and steering', () => {
  const order = { kind: 'benchmark', recipe: 'direct', flags: { model: ['FAKE'] } }

  test('need a key to start, so that nothing starts twice', async () => {
    expect(await send('/runs', order)).toMatchObject(refused('must be a key', 'key'))
  })

  test('say what to type where nothing is up', async () => {
    expect(await send('/runs', { ...order, key: '20260101-000000-abcd' })).toMatchObject({
      status: 503,
      body: { error: { message: expect.stringContaining('npx arcloom up') } },
    })
    expect(await send('/stack')).toMatchObject({ body: { is_ready: false } })
    expect(await library.runs.listRuns()).toEqual([])
  })

  test('are refused to visitors who may only look, and to foreign pages', async () => {
    await putRun(library.runs, [[]], { runId: 'one' })
    const addresses = ['/runs', '/runs/plan', '/runs/one/steer', '/runs/one/resume', '/runs/one/retry']
    const statuses = await Promise.all(addresses.map(async (each) => (await send(each, {}, open(false))).status))
    expect(statuses).toEqual(addresses.map(() => 403))
    const foreign = { origin: 'http://example.org', 'sec-fetch-site': 'cross-site' }
    expect(await send('/runs/one/steer', { action: 'cancel' }, open(), foreign)).toMatchObject({ status: 403 })
  })

  test('of a run that has ended, or is not there, are refused with the reason', async () => {
    await putRun(library.runs, [[{ grids: [null] }]], { runId: 'one', specification: { recipe: 'direct' } })
    expect(await send('/runs/one/steer', { action: 'pause' })).toMatchObject({
      status: 409,
      body: { error: { message: 'The run has ended: it is complete.' } },
    })
    expect(await send('/runs/one/resume', { flags: { max_concurrent_tasks: 3 }, open_only: true })).toMatchObject({
      status: 409,
      body: { error: { type: 'ended' } },
    })
    expect(await send('/runs/none/steer', { action: 'pause' })).toMatchObject({ status: 404 })
    expect(await send('/runs/one/steer', { action: 'stop' })).toMatchObject(refused('must be one of pause', 'action'))
    expect(await send('/runs/one/retry', {})).toMatchObject({ body: { nothing_to_do: 'one has no failed items.' } })
    expect(await send('/runs/one/resume', { flags: { best_of: 3 } })).toMatchObject({
      status: 409,
      body: { error: { place: 'best_of' } },
    })
  })
})
