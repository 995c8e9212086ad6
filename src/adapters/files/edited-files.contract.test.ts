import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { closeAfterEach } from '../../../test/support/close-after-each.ts'
import { openEditedFile } from '../../../test/support/edited-files/open-edited-file.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'arcloom-edited-'))
})
afterEach(() => rm(folder, { recursive: true }))

const kinds = [
  [
    'dataset.json',
    `[{"task_id":"b","own":{"x":1},"train":[{"input":[[1]],"output":[[2]],"p":1}],"test":[{"input":[[1]],"output":[[2]]}]}]`,
  ],
  ['traces_store.json', '{"b":[{"trace_id":"t","task_id":"b","username":"u","text":"words","own":{"x":1}}]}'],
] as const

const closeAfter = closeAfterEach()

describe.each(kinds)('%s', (name, foreign) => {
  const path = () => join(folder, 'data', name)
  const open = () => openEditedFile(name, path())
  /** A process that adds entries starting at a number, and prints each one once it is written. */
  const spawnWriter = (from: number, count: number) => {
    const script = new URL('../../../test/support/edited-files/writer.ts', import.meta.url).pathname
    const words = [script, name, path(), String(from), String(count)]
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...words], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    void closeAfter(child)
    return child
  }

  test('is created by the first edit, not by reading', async () => {
    const file = open()
    expect(await file.list()).toEqual([])
    expect(await readdir(folder)).toEqual([])
    await file.add(1)
    expect(await file.list()).toHaveLength(1)
  })

  test('keeps what others wrote, including unknown fields', async () => {
    await mkdir(join(folder, 'data'))
    await writeFile(path(), foreign)
    await open().add(1)
    const text = await readFile(path(), 'utf8')
    expect(text).toMatch(/"own":\s*\{\s*"x":\s*1\s*\}/)
    expect(await open().list()).toHaveLength(2)
  })

  test.each(['', '{', '[{"task_id":5}]', '{"b":[{"trace_id":""}]}'])(
    'is never overwritten when it holds %j',
    async (text) => {
      await mkdir(join(folder, 'data'))
      await writeFile(path(), text)
      await expect(open().add(1)).rejects.toMatchObject({ name: 'MalformedInput', file: path() })
      expect(await readFile(path(), 'utf8')).toBe(text)
    },
  )

  test('puts a restored entry back where it was', async () => {
    const file = open()
    for (const name of [1, 2, 3]) await file.add(name)
    const before = await readFile(path(), 'utf8')
    await file.remove(2)
    expect(await file.list()).toHaveLength(2)
    await appendFile(path().replace('.json', '.removed.jsonl'), '{"removed_at":"torn by a cra')
    await file.restore(2)
    expect(await readFile(path(), 'utf8')).toBe(before)
  })

  test('sees what another process wrote', async () => {
    const reader = open()
    expect(await reader.list()).toEqual([])
    for (const name of [1, 2]) {
      await open().add(name)
      expect(await reader.list()).toHaveLength(name)
    }
  })

  test('loses nothing when several processes write at once', async () => {
    const exits = await Promise.all([100, 200, 300].map((from) => once(spawnWriter(from, 10), 'exit')))
    expect(exits.map(([code]) => code as unknown)).toEqual([0, 0, 0])
    expect(new Set(await open().list()).size).toBe(30)
  })

  test('loses no confirmed edit when a writer is killed, and leaves no files behind', async () => {
    const confirmed: number[] = []
    for (const [round, writes] of [1, 2, 4].entries()) {
      const writer = spawnWriter(round * 1000 + 1, 1000)
      const exited = once(writer, 'exit')
      if (!writer.stdout) throw new Error('stdout is piped')
      for await (const line of createInterface({ input: writer.stdout })) {
        confirmed.push(Number(line))
        // It is already writing the next one.
        if (confirmed.length % writes === 0) writer.kill('SIGKILL')
      }
      await exited
    }
    const file = open()
    expect((await file.list()).length).toBeGreaterThanOrEqual(confirmed.length)
    await file.add(9000)
    expect((await readdir(join(folder, 'data'))).sort()).toEqual(['backups', name])
  })
})
