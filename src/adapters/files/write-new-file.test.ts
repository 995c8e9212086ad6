import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { writeNewFile } from './write-new-file.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'arcloom-new-'))
})
afterEach(() => rm(folder, { recursive: true }))

test('a new file never overwrites another one, whoever writes first', async () => {
  const path = join(folder, 'deep', 'file')
  const written = await Promise.all(['a', 'b', 'c'].map((text) => writeNewFile(path, [text, text])))
  expect(written.filter(Boolean)).toHaveLength(1)
  expect(await readFile(path, 'utf8')).toBe(['aa', 'bb', 'cc'][written.indexOf(true)])
})

test('an incomplete write leaves nothing behind', async () => {
  async function* breakOff() {
    yield 'half'
    throw new Error('broke')
  }
  await expect(writeNewFile(join(folder, 'file'), breakOff())).rejects.toThrow('broke')
  expect(await readdir(folder)).toEqual([])
})
