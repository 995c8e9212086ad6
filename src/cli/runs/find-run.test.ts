import { beforeAll, expect, test } from '@jest/globals'
import { buildNewRun } from '../../../test/support/build-run.ts'
import { createRunStore } from '../../adapters/stores/create-run-store.ts'
import { createMemoryBlobs } from '../../adapters/stores/memory-blobs.ts'
import { findRun } from './find-run.ts'

const store = createRunStore(createMemoryBlobs(), 'test')
beforeAll(async () => {
  for (const [index, runId] of ['code-a-1', 'code-a-12', 'direct-b', 'code-c'].entries()) {
    await store.createRun(buildNewRun({ runId, createdAt: `2026-01-0${index + 1}T00:00:00.000Z` }))
  }
})

test.each([
  ['code-a-1', 'code-a-1'],
  ['dir', 'direct-b'],
  ['code-a-12', 'code-a-12'],
  ['last', 'code-c'],
])('%s finds %s', async (name, runId) => {
  expect((await findRun(store, name)).runId).toBe(runId)
})

test('a prefix that several runs share is refused, with their names', () =>
  expect(findRun(store, 'code')).rejects.toThrow('matches 3 runs: code-c, code-a-12, code-a-1. Type more of the id'))

test('a typo gets a suggestion', () => expect(findRun(store, 'driect-b')).rejects.toThrow('Did you mean direct-b?'))

test('an unknown run gets a line with the newest ones', () =>
  expect(findRun(store, '')).rejects.toThrow(/There is no run "".*newest are: code-c/))
