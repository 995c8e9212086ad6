import { expect, test } from '@jest/globals'
import { buildPairs } from '../../test/support/build-run.ts'
import { programOf } from '../../test/support/list-exported.ts'
import { recordRun } from '../../test/support/record-run.ts'
import type { ResultsFiles } from '../adapters/results/results-files.ts'
import { createRunStore } from '../adapters/stores/create-run-store.ts'
import { createMemoryBlobs } from '../adapters/stores/memory-blobs.ts'
import { readNumbers } from '../runs/read-numbers.ts'
import { createCheckpoint } from './checkpoint.ts'
import type { ActivityContext } from './dependencies.ts'
import { createFinish } from './finish.ts'
import { createReadRun } from './read-run.ts'

const fail = (code: string) => () => Promise.reject(Object.assign(new Error(`${code}: write`), { code }))
const works: ResultsFiles = {
  appendPartial: async () => undefined,
  writeFinal: async () => 'results.json',
  locate: (file) => file,
}

/** A run with all its items recorded, and activities with the given results files. */
async function open(results: ResultsFiles) {
  const store = createRunStore(createMemoryBlobs(), 'test')
  const tasks = [{ taskId: 't', version: 0, dataset: 'd', split: 'training', ...buildPairs(1) }]
  const folder = await recordRun(store, {
    name: 'run',
    recipe: 'code',
    tasks,
    say: () => [{ texts: [programOf('1')] }],
  })
  // What the two activities use; they call no model and no sandbox.
  const context = (files: ResultsFiles) =>
    ({
      readRun: createReadRun(store),
      results: files,
      readNumbers,
      now: () => new Date(),
    }) as unknown as ActivityContext
  const end = { runId: 'run', state: 'complete', reason: null, endedAt: '2026-01-01T01:00:00.000Z' } as const
  return {
    folder,
    finish: (files = results) => createFinish(context(files))(end),
    checkpoint: () => createCheckpoint(context(results))({ runId: 'run' }),
  }
}

test.each([
  ['a results file', { ...works, writeFinal: fail('EACCES') }, /permission is denied.*resume/],
  ['the partial file', { ...works, appendPartial: fail('EROFS') }, /the file system is read-only.*resume/],
])('a run that cannot write %s ends by saying what to do, and completes when resumed', async (_, results, words) => {
  const { folder, finish } = await open(results)
  await finish()
  expect(await folder.readState()).toMatchObject({
    state: 'failed',
    reason: expect.stringMatching(words),
    results_file: null,
    items: { recorded: 1 },
  })
  await finish(works)
  expect(await folder.readState()).toMatchObject({ state: 'complete', reason: null, results_file: 'results.json' })
})

test('a failure that may pass is retried', async () => {
  const { folder, finish } = await open({ ...works, writeFinal: fail('EIO') })
  await expect(finish()).rejects.toThrow('EIO')
  expect((await folder.readState()).state).toBe('running')
})

test('a run without disk space for its results waits, and loses nothing', async () => {
  const { folder, finish } = await open({ ...works, writeFinal: fail('ENOSPC') })
  await expect(finish()).rejects.toThrow('ENOSPC')
  expect((await folder.readState()).state).not.toBe('failed')
  await finish(works)
  expect(await folder.readState()).toMatchObject({ state: 'complete', results_file: 'results.json' })
})

test('a checkpoint without disk space does not block the run', async () => {
  const { checkpoint } = await open({ ...works, appendPartial: fail('ENOSPC') })
  await expect(checkpoint()).rejects.toMatchObject({ nonRetryable: true })
})
