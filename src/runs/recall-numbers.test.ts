import { mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { expect, test } from '@jest/globals'
import { buildPairs } from '../../test/support/build-run.ts'
import { putRun } from '../../test/support/put-run.ts'
import { putWholeRun } from '../../test/support/put-whole-run.ts'
import { createRunStore } from '../adapters/stores/create-run-store.ts'
import { createFileBlobs } from '../adapters/stores/file-blobs.ts'
import { createMemoryBlobs } from '../adapters/stores/memory-blobs.ts'
import { DamagedRun, type RunFolder } from '../adapters/stores/run-store.ts'
import { readNumbers } from './read-numbers.ts'
import { recallNumbers } from './recall-numbers.ts'

const right = (task: number) => ({ grids: buildPairs(task).test.map(({ output }) => output) })
const wrong = { grids: [[[9]]] }

/** A finished run of two tasks, and a count of the records that were read. */
async function openEndedRun() {
  const blobs = createMemoryBlobs()
  let read = 0
  const counting = {
    ...blobs,
    read: (name: string) => {
      if (name.includes('/records/')) read += 1
      return blobs.read(name)
    },
  }
  const folder = await putRun(createRunStore(counting, 'test'), [[right(0)], [wrong]], {
    runId: 'run',
    specification: { recipe: 'direct' },
  })
  const recall = async (code = 'code') => {
    const before = read
    const numbers = await recallNumbers(folder, code)
    return { numbers, read: read - before }
  }
  return { blobs, folder, recall }
}

async function putWrong(folder: RunFolder) {
  const record = await folder.findRecord('task-1')
  await folder.putRecord({ ...record!, item: { ...record!.item, key: 'task-0', task_id: 'task-0' } })
}

test('counts a run once, and returns the same numbers for it again', async () => {
  const { folder, recall } = await openEndedRun()
  const first = await recall()
  expect(first).toMatchObject({ read: 2, numbers: { counts: { solved: ['task-0'], unsolved: ['task-1'] } } })
  expect(await recall()).toEqual({ numbers: first.numbers, read: 0 })
  expect(first.numbers).toEqual(await readNumbers(folder))
})

test('counts again what changed in a file', async () => {
  const { folder, recall } = await openEndedRun()
  await recall()
  await putWrong(folder)
  expect(await recall()).toMatchObject({ read: 2, numbers: { counts: { solved: [] } } })
})

test('counts again what other code counted, and what cannot be read', async () => {
  const { blobs, recall } = await openEndedRun()
  await recall()
  expect(await recall('other code')).toMatchObject({ read: 2 })
  await blobs.write('run/numbers.json', '{"code": "oth')
  expect(await recall('other code')).toMatchObject({ read: 2 })
  expect(await recall('other code')).toMatchObject({ read: 0 })
})

test('stores nothing about an open run', async () => {
  const { folder, recall } = await openEndedRun()
  await folder.putState({ ...(await folder.readState()), state: 'running', ended_at: null })
  await recall()
  expect(await recall()).toMatchObject({ read: 2 })
  expect(await folder.findNumbers()).toBeUndefined()
})

test('finds damage that happened after the numbers were stored', async () => {
  const { blobs, recall } = await openEndedRun()
  await recall()
  await blobs.write('run/records/task-1.json', '{}')
  await expect(recall()).rejects.toMatchObject({ name: 'MalformedInput', file: 'memory/run/records/task-1.json' })
})

test('still counts a run whose folder cannot be written to', async () => {
  const { folder } = await openEndedRun()
  const closed = { ...folder, putNumbers: () => Promise.reject(new Error('EROFS')) }
  expect(await recallNumbers(closed, 'code')).toMatchObject({ counts: { solved: ['task-0'] } })
})

test.each(['records/task-0.json', 'records', 'failures', 'ledger', 'answers'])(
  'calls a run damaged whose %s is a link to itself',
  async (name) => {
    const dataDir = await mkdtemp(join(tmpdir(), 'arcloom-unreadable-'))
    try {
      const folder = await putWholeRun(createRunStore(createFileBlobs(dataDir), 'test'), 'run')
      await recallNumbers(folder, 'code')
      const path = join(dataDir, 'run', name)
      await rm(path, { recursive: true })
      await symlink(basename(path), path)
      const error = await recallNumbers(folder, 'code').catch((error: unknown) => error)
      expect(error).toBeInstanceOf(DamagedRun)
      expect(error).toMatchObject({ runId: 'run', file: path, problem: expect.stringContaining('cannot be read') })
    } finally {
      await rm(dataDir, { recursive: true })
    }
  },
)

test('ignores a stray file among the answers', async () => {
  const { blobs, folder, recall } = await openEndedRun()
  const { numbers } = await recall()
  await blobs.write('run/answers/.DS_Store', 'words')
  expect((await readNumbers(folder)).answers).toBe(numbers.answers)
})

test('calls a run damaged whose list of items differs', async () => {
  const { blobs, folder, recall } = await openEndedRun()
  await recall()
  await blobs.write('run/items.json', '[]')
  const opened = await createRunStore(blobs, 'other').openRun(folder.runId)
  await expect(recallNumbers(opened, 'code')).rejects.toMatchObject({
    file: 'memory/run/items.json',
    problem: 'it lists 0 items, and the run has 2',
  })
})
