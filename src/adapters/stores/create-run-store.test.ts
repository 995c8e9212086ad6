import { expect, test } from '@jest/globals'
import { createRunStore } from './create-run-store.ts'
import { createMemoryBlobs } from './memory-blobs.ts'

test('a failure that is removed between listing and reading is ignored', async () => {
  const blobs = createMemoryBlobs()
  await blobs.write('run/run.json', '{}')
  const store = createRunStore(
    {
      ...blobs,
      list: async (folder) => [...(await blobs.list(folder)), ...(folder === 'run/failures' ? ['gone.json'] : [])],
    },
    'test',
  )
  const folder = await store.openRun('run')
  const failure = { item: 'a', at: '2026-11-27T00:00:00Z', reason: 'no' }
  await folder.putFailure(failure)
  expect(await folder.listFailures()).toEqual([failure])
})
