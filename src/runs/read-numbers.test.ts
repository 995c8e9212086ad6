import { expect, test } from '@jest/globals'
import { buildRecord } from '../../test/support/build-record.ts'
import { buildPairs } from '../../test/support/build-run.ts'
import { putRun } from '../../test/support/put-run.ts'
import { createRunStore } from '../adapters/stores/create-run-store.ts'
import { createMemoryBlobs } from '../adapters/stores/memory-blobs.ts'
import { readNumbers } from './read-numbers.ts'

const right = { passes: true, outputs: [] } as const

test('a run that completes while it is being read is not called damaged', async () => {
  const store = createRunStore(createMemoryBlobs(), 'test')
  const folder = await putRun(store, [[right, right]], { runId: 'run', items: 2 })
  const state = await folder.readState()
  await folder.putState({ ...state, state: 'running', ended_at: null })
  const last = (await folder.listItems())[1]
  if (last === undefined) throw new RangeError('it has two items')

  const numbers = await readNumbers(folder, {
    async alsoLook(_, __, record) {
      if (record === undefined) return
      await folder.putRecord(buildRecord(last, buildPairs(1), [right, right]))
      await folder.putState({ ...state, state: 'complete' })
    },
  })
  expect(numbers.state.state).toBe('running')
  expect((await readNumbers(folder)).state.state).toBe('complete')
})
