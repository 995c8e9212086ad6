import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import type { SampleFacts } from '../../../test/support/build-record.ts'
import { buildPairs } from '../../../test/support/build-run.ts'
import { putRun } from '../../../test/support/put-run.ts'
import type { Grid } from '../../domain/grid.ts'
import { readNumbers } from '../read-numbers.ts'
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
const count = z.int().min(0)
const cost = z.number().min(0)

/** The files that ARC Prize's harness scores (github.com/arcprize/arc-agi-benchmarking): these fields, of these types, and no others. */
const submissionSchema = z.array(z.strictObject({ attempt_1: attemptSchema(), attempt_2: attemptSchema() })).min(1)

function attemptSchema() {
  return z.strictObject({
    answer: grid,
    correct: z.boolean(),
    metadata: z.strictObject({
      model: z.string(),
      provider: z.string(),
      start_timestamp: z.iso.datetime(),
      end_timestamp: z.iso.datetime(),
      choices: z.array(
        z.strictObject({ index: count, message: z.strictObject({ role: z.string(), content: z.string() }) }),
      ),
      kwargs: z.record(z.string(), z.unknown()),
      usage: z.strictObject({
        prompt_tokens: count,
        completion_tokens: count,
        total_tokens: count,
        completion_tokens_details: z.strictObject({
          reasoning_tokens: count,
          accepted_prediction_tokens: count,
          rejected_prediction_tokens: count,
        }),
      }),
      cost: z.strictObject({ prompt_cost: cost, completion_cost: cost, total_cost: cost }),
      task_id: z.string(),
      pair_index: count,
      test_id: z.string(),
    }),
  })
}

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

  test('has the fields that the harness reads, of their types, and no others', async () => {
    for (const task of (await readSubmission()).tasks) submissionSchema.parse(task)
  })

  test('is scored by the harness as the run is: by either attempt, over all files', async () => {
    const { tasks } = await readSubmission()
    const shares = tasks.map((pairs, index) => {
      const isRight = ({ answer }: Attempt) => JSON.stringify(answer) === JSON.stringify(right(index))
      return pairs.filter((pair) => isRight(pair.attempt_1) || isRight(pair.attempt_2)).length / pairs.length
    })
    const { counts } = await readNumbers(folder)
    expect(shares.reduce((sum, share) => sum + share, 0) / shares.length).toBe(counts.scores?.[0]?.leaderboard.value)
    expect(shares).toEqual([1, 1, 0, 0])
  })

  test('says which attempts are correct, and leaves empty what was not given', async () => {
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

  test('costs what all samples cost, not only those handed in', async () => {
    const { attempts } = await readSubmission()
    expect(attempts.reduce((sum, { metadata }) => sum + metadata.cost.total_cost, 0)).toBeCloseTo(6 * 0.001, 12)
    expect(attempts.reduce((sum, { metadata }) => sum + metadata.usage.total_tokens, 0)).toBe(6 * 11)
  })

  test('shows what was asked and answered', async () => {
    const { attempts } = await readSubmission()
    expect(attempts[0]?.metadata).toMatchObject({ task_id: 'task-0', pair_index: 0 })
    expect(attempts[0]?.metadata.choices.map(({ message }) => [message.role, message.content])).toEqual([
      ['user', 'Solve it.'],
      ['assistant', 'So.'],
    ])
  })

  test('is never written into a folder that is there', async () => {
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
