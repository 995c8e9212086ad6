import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { z } from 'zod'
import type { SampleFacts } from '../../../test/support/build-record.ts'
import { buildPairs } from '../../../test/support/build-run.ts'
import { putRun } from '../../../test/support/put-run.ts'
import { recordRun } from '../../../test/support/record-run.ts'
import { submissionSchema } from '../../../test/support/score-submission.ts'
import type { Grid } from '../../domain/grids/grid.ts'
import { createRunStore } from '../stores/create-run-store.ts'
import { createMemoryBlobs } from '../stores/memory-blobs.ts'
import type { RunFolder } from '../stores/run-store.ts'
import { kaggleFormat } from './kaggle.ts'
import { submissionFormat } from './submission.ts'

let place: string
let folder: RunFolder
beforeEach(async () => {
  place = await mkdtemp(join(tmpdir(), 'arcloom-exports-'))
  folder = await makeRun()
})
afterEach(() => rm(place, { recursive: true }))

const right = (index: number): Grid => buildPairs(index).test[0]?.output ?? []

/** Four tasks: solved by two grids, solved by one, unsolved, and not recorded. */
function makeRun(): Promise<RunFolder> {
  const given: SampleFacts[][] = [
    [
      { passes: true, outputs: [[[1]]], program: 'short' },
      { passes: true, outputs: [right(0)], program: 'longer' },
    ],
    [
      { passes: true, outputs: [right(1)] },
      { passes: true, outputs: [right(1)] },
    ],
    [
      { passes: false, outputs: [null] },
      { passes: false, outputs: [[[2]]] },
    ],
  ]
  return putRun(createRunStore(createMemoryBlobs(), 'test'), given, { runId: 'run', items: 4 })
}

async function readJson(path: string): Promise<unknown> {
  return JSON.parse(await readFile(path, 'utf8'))
}

interface Attempt {
  readonly answer: Grid
  readonly correct: boolean
  readonly metadata: {
    readonly cost: { readonly total_cost: number }
    readonly usage: { readonly total_tokens: number }
    readonly choices: readonly { readonly message: { readonly role: string; readonly content: string } }[]
    readonly task_id: string
    readonly pair_index: number
  }
}

type Pair = Readonly<Record<'attempt_1' | 'attempt_2', Attempt>>

const cell = z.int().min(0).max(9)
const grid = z.array(z.array(cell).min(1).max(30)).max(30)

const kaggleSchema = z.record(z.string(), z.array(z.strictObject({ attempt_1: grid.min(1), attempt_2: grid.min(1) })))

describe('a submission', () => {
  async function readSubmission() {
    const output = join(place, 'submission')
    expect(await submissionFormat.write(folder, output)).toBe(true)
    const names = (await readdir(output)).sort()
    const tasks = await Promise.all(names.map(async (name) => (await readJson(join(output, name))) as Pair[]))
    return { names, tasks, attempts: tasks.flat().flatMap((pair) => [pair.attempt_1, pair.attempt_2]) }
  }

  test('has a file for every task of the run, recorded or not', async () =>
    expect((await readSubmission()).names).toEqual(['task-0.json', 'task-1.json', 'task-2.json', 'task-3.json']))

  test('has exactly the fields that the harness reads, with its types', async () => {
    for (const task of (await readSubmission()).tasks) submissionSchema.parse(task)
  })

  test('says which attempts are correct, and leaves missing attempts empty', async () => {
    const { attempts } = await readSubmission()
    expect(attempts.map(({ correct }) => correct)).toEqual([false, true, true, false, false, false, false, false])
    expect(attempts.map(({ answer }) => answer.length > 0)).toEqual([
      true,
      true,
      true,
      false,
      true,
      false,
      false,
      false,
    ])
  })

  test('counts the cost of all samples, not only of the submitted ones', async () => {
    const { attempts } = await readSubmission()
    expect(attempts.reduce((sum, { metadata }) => sum + metadata.cost.total_cost, 0)).toBeCloseTo(6 * 0.001, 12)
    expect(attempts.reduce((sum, { metadata }) => sum + metadata.usage.total_tokens, 0)).toBe(6 * 11)
  })

  test('shows prompts and answers', async () => {
    const { attempts } = await readSubmission()
    expect(attempts[0]?.metadata).toMatchObject({ task_id: 'task-0', pair_index: 0 })
    expect(attempts[0]?.metadata.choices.map(({ message }) => [message.role, message.content])).toEqual([
      ['user', 'Solve it.'],
      ['assistant', 'So.'],
    ])
  })

  test('has text in every attempt, even if it is blank: the harness reads the last message', async () => {
    const { attempts } = await readSubmission()
    const empty = attempts.filter(({ answer }) => answer.length === 0)
    expect(empty.map(({ metadata }) => metadata.choices)).toEqual(
      empty.map(() => [{ index: 0, message: { role: 'assistant', content: '' } }]),
    )
    expect(attempts.every(({ metadata }) => metadata.choices.length > 0)).toBe(true)
  })

  test('is never written into an existing folder', async () => {
    await readSubmission()
    expect(await submissionFormat.write(folder, join(place, 'submission'))).toBe(false)
  })
})

describe('a Kaggle submission', () => {
  test('has both attempts of every test input of every task', async () => {
    const output = join(place, 'submission.json')
    expect(await kaggleFormat.write(folder, output)).toBe(true)
    const nothing = [
      [0, 0],
      [0, 0],
    ]
    kaggleSchema.parse(await readJson(output))
    expect(await readJson(output)).toEqual({
      'task-0': [{ attempt_1: [[1]], attempt_2: right(0) }],
      'task-1': [{ attempt_1: right(1), attempt_2: right(1) }],
      'task-2': [{ attempt_1: [[2]], attempt_2: [[2]] }],
      'task-3': [{ attempt_1: nothing, attempt_2: nothing }],
    })
    expect(await kaggleFormat.write(folder, output)).toBe(false)
  })
})

test('task ids that are not valid file names are kept inside the files', async () => {
  const ids = ['a/b', '..', '任务', 'n'.repeat(300), 'n'.repeat(301)]
  const tasks = ids.map((taskId, index) => {
    return { taskId, version: 0, dataset: 'd', split: 'training', ...buildPairs(index) }
  })
  const store = createRunStore(createMemoryBlobs(), 'test')
  const folder = await recordRun(store, { name: 'ids', recipe: 'code', tasks, say: () => undefined })

  const submission = join(place, 'submission')
  await submissionFormat.write(folder, submission)
  const names = await readdir(submission)
  expect(names).toHaveLength(ids.length)
  const files = await Promise.all(names.map(async (name) => (await readJson(join(submission, name))) as Pair[]))
  expect(new Set(files.map(([pair]) => pair?.attempt_1.metadata.task_id))).toEqual(new Set(ids))

  const kaggle = join(place, 'submission.json')
  await kaggleFormat.write(folder, kaggle)
  expect(new Set(Object.keys((await readJson(kaggle)) as object))).toEqual(new Set(ids))
})
