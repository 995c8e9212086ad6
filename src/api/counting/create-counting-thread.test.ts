import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { buildPairs } from '../../../test/support/build-run.ts'
import { putRun } from '../../../test/support/put-run.ts'
import type { RunStore } from '../../adapters/stores/run-store.ts'
import { openRunStore } from '../../runs/open-run-store.ts'
import { readNumbers } from '../../runs/read-numbers.ts'
import { createRunProgressReader } from '../../runs/read-run-progress.ts'
import { createCountingThread } from './create-counting-thread.ts'
import { createRunCounting } from './run-counting.ts'

const right = (task: number) => ({ grids: buildPairs(task).test.map(({ output }) => output) })

let dataDir: string
let store: RunStore
let counting: ReturnType<typeof createCountingThread>
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'arcloom-counting-'))
  store = openRunStore({ dataDir }, 'test')
  counting = createCountingThread({ dataDir, code: 'code' })
})
afterEach(async () => {
  await counting.close()
  await rm(dataDir, { recursive: true })
})

const put = (runId: string) => putRun(store, [[right(0)], [right(1)]], { runId, items: 3 })

describe('the thread that counts runs', () => {
  test('gives the same numbers as the main thread, for more runs than it counts at once', async () => {
    const folders = await Promise.all(['a', 'b', 'c', 'd', 'e', 'f'].map(put))
    const numbers = await Promise.all(folders.map(counting.countRun))
    expect(numbers).toEqual(await Promise.all(folders.map((folder) => readNumbers(folder))))
    const [first] = folders
    if (first) expect(await counting.readProgress(first)).toEqual(await createRunProgressReader(first)())
  })

  test('reads the same matrix and the same run to compare as the main thread', async () => {
    const folder = await put('one')
    const here = createRunCounting('code')
    expect(await counting.readMatrix(folder)).toEqual(await here.readMatrix(folder))
    expect(await counting.readCompared(folder)).toEqual(await here.readCompared(folder))
  })

  test('gives the same matrix as long as nothing has changed', async () => {
    const folder = await put('one')
    const first = await counting.readMatrix(folder)
    expect(await counting.readMatrix(folder)).toBe(first)
    const [, , last] = await folder.listItems()
    await folder.putFailure({ item: last?.key ?? '', reason: 'no route to host', at: '2026-11-27T00:00:00.000Z' })
    await folder.putState({ ...(await folder.readState()), updated_at: '2026-11-27T00:00:00.000Z' })
    const next = await counting.readMatrix(folder)
    expect(next.rows.map(({ failure }) => failure)).toEqual([null, null, 'no route to host'])
    expect(first.rows.map(({ failure }) => failure)).toEqual([null, null, null])
  })

  test('names the damaged file of a run, and counts the next run', async () => {
    const [damaged, sound] = [await put('damaged'), await put('sound')]
    const [key] = await damaged.listRecorded()
    const file = damaged.locate(`records/${key}.json`)
    await writeFile(file, '{"item": 1}')
    const error = await counting.countRun(damaged).catch((reason: unknown) => reason)
    expect(error).toMatchObject({ name: 'MalformedInput', runId: 'damaged', file, place: expect.any(String) })
    expect((await counting.countRun(sound)).counts.recorded).toBe(2)
  })

  test('is replaced when it exits', async () => {
    const folder = await put('one')
    await counting.countRun(folder)
    await counting.close()
    expect((await counting.countRun(folder)).counts.recorded).toBe(2)
  })
})
