import { describe, expect, test } from '@jest/globals'
import { buildPairs } from '../../test/support/build-run.ts'
import { programOf } from '../../test/support/list-exported.ts'
import { buildRun } from '../../test/support/test-bench.ts'
import { hashJson, hashText } from '../adapters/files/hash.ts'
import { createRunStore } from '../adapters/stores/create-run-store.ts'
import { createMemoryBlobs } from '../adapters/stores/memory-blobs.ts'
import type { RunFolder } from '../adapters/stores/run-store.ts'
import { noUsage } from '../domain/models/usage.ts'
import type { ProgramVerdict } from '../domain/runs/record.ts'
import type { Decision, History } from '../domain/solvers/solver.ts'
import { createDecide } from './decide.ts'
import type { ActivityContext } from './dependencies.ts'
import { createReadRun } from './read-run.ts'

const at = '2026-01-01T00:00:00.000Z'
const item = 'task-0000'
const pairs = buildPairs(0)

/** A run of one item with a solver scripted by the test, which records what the solver was shown. */
async function open() {
  const store = createRunStore(createMemoryBlobs(), 'test')
  const task = { taskId: item, version: 0, dataset: 'd', split: 'training', ...pairs }
  const folder = await store.createRun(buildRun('http://127.0.0.1:1', { tasks: [task], samples: 2, rounds: 3 }))
  if (folder === undefined) throw new Error('the name is taken')
  const seen: History[] = []
  const decide = (decision: Decision, ...samples: string[][][]) => {
    const next = (history: History) => {
      seen.push(history)
      return decision
    }
    // What the activity uses; it calls no model and no sandbox.
    const context = { readRun: createReadRun(store), findSolver: () => ({ name: 'made', next }), hashJson, hashText }
    const { runId } = folder
    return createDecide({ ...context, now: () => new Date(at) } as unknown as ActivityContext)({ runId, item, samples })
  }
  return { folder, seen, decide }
}

/** Stores an answer with a program that is right on the test pairs only, and its verdict. */
async function answer(folder: RunFolder, key: string, request = `bought-${key}`): Promise<void> {
  const message = { role: 'assistant', content: programOf(key) }
  const place = await folder.reserveAnswer(key)
  await place.put({
    key,
    question: { item, sample: 0, round: 1, test_pair: null, previous: null },
    sent: { prompt: 'p', parameters: {} },
    asked_at: at,
    answered_at: at,
    time_seconds: 1,
    response: { choices: [{ message, finish_reason: 'stop' }] },
    rejected: null,
    usage: noUsage,
    cost_usd: 0,
    ledger_request: request,
    request_id: null,
  })
  const isTest = [...pairs.train.map(() => false), ...pairs.test.map(() => true)]
  const verdict: ProgramVerdict = {
    verdict: 'wrong',
    pairs: isTest.map((right) => ({ verdict: right ? 'correct' : 'wrong', cells_right: right ? 8 : 1, cells: 8 })),
    outputs: isTest.map(() => null),
    train_correct: false,
    test_correct: true,
    deterministic: null,
    printed: '',
    cpu_seconds: 0,
    wall_seconds: 0,
  }
  await folder.putVerdicts(item, 1, { sandbox: {}, programs: { [key]: verdict } })
}

const listDecisions = (folder: RunFolder) => folder.listFiles('decisions')

describe('decide', () => {
  test('shows the solver what each answer came to, and nothing about test pairs', async () => {
    const { folder, seen, decide } = await open()
    await answer(folder, 'a1')
    await decide([{ ask: 0 }], [['a1']])
    const train = pairs.train.map(() => ({ verdict: 'wrong', cells_right: 1, cells: 8 }))
    expect(seen).toEqual([
      { limits: { samples: 2, rounds: 3 }, samples: [[[{ key: 'a1', outcome: 'answered', train }]]] },
    ])
  })

  test('keeps a stored decision, whatever the solver would decide today', async () => {
    const { folder, seen, decide } = await open()
    await answer(folder, 'a1')
    expect(await decide([{ ask: 0 }], [['a1']])).toEqual({ steps: [{ ask: 0 }] })
    expect(await decide([{ ask: 1 }], [['a1']])).toEqual({ steps: [{ ask: 0 }] })
    expect(await decide('done', [['a1']])).toEqual({ steps: [{ ask: 0 }] })
    expect(seen).toHaveLength(1)
    expect(await listDecisions(folder)).toHaveLength(1)
  })

  test('decides again when an answer was requested again under its key', async () => {
    const { folder, decide } = await open()
    await answer(folder, 'a1')
    await decide([{ ask: 0 }], [['a1']])
    await answer(folder, 'a1', 'bought again')
    expect(await decide([{ ask: 1 }], [['a1']])).toEqual({ steps: [{ ask: 1 }] })
    expect(await listDecisions(folder)).toHaveLength(2)
  })

  test('records the item when there is nothing more to ask, and calls no solver after that', async () => {
    const { folder, seen, decide } = await open()
    await answer(folder, 'a1')
    expect(await decide('done', [['a1']])).toEqual({ solved: false })
    expect(await folder.findRecord(item)).toMatchObject({ samples: [{ rounds: [{ answers: ['a1'] }], chosen: 0 }] })
    expect(await decide([{ ask: 0 }], [['a1']])).toEqual({ solved: false })
    expect(seen).toHaveLength(1)
    expect(await listDecisions(folder)).toEqual([])
  })

  test('stores decisions where every later version can find them', async () => {
    const { folder, decide } = await open()
    await answer(folder, 'a1')
    await decide([{ ask: 0 }], [['a1']])
    const key = '4906341257df7e187d8e0389d00afda828338bf8130e288a3502b75ad5a6715f'
    expect(await folder.findDecision(key)).toEqual({
      solver: 'made',
      item,
      follows: [[['bought-a1']]],
      steps: [{ ask: 0 }],
      decided_at: at,
    })
  })
})
