import { mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { keepBackup } from './keep-backup.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'arcloom-backup-'))
})
afterEach(() => rm(folder, { recursive: true }))

const start = Date.parse('2026-01-02T03:04:05Z')
const path = () => join(folder, 'file.json')
/** Like its only writer: replaces the file, never writes into it. */
async function replace(text: string, afterMinutes: number): Promise<void> {
  await keepBackup(path(), new Date(start + afterMinutes * 60_000))
  await writeFile(`${path()}.new`, text)
  await rename(`${path()}.new`, path())
}
const listBackups = async () => (await readdir(join(folder, 'backups'))).sort()

test('a backup holds the previous content, at most one an hour', async () => {
  await replace('first', 0)
  expect(await listBackups()).toEqual([])
  await replace('second', 1)
  await replace('third', 60)
  await replace('fourth', 61)
  expect(await listBackups()).toEqual(['file_20260102_030505.json', 'file_20260102_040505.json'])
  expect(await readFile(join(folder, 'backups', 'file_20260102_030505.json'), 'utf8')).toBe('first')
  expect(await readFile(join(folder, 'backups', 'file_20260102_040505.json'), 'utf8')).toBe('third')
})

test('the oldest backups are deleted, and no other file', async () => {
  await replace('0', 0)
  await writeFile(join(folder, 'backups', 'file_of_mine.json'), '')
  await writeFile(join(folder, 'backups', 'file_other_20200101_000000.json'), '')
  for (let hour = 1; hour <= 26; hour += 1) await replace(String(hour), 60 * hour)
  const kept = await listBackups()
  expect(kept).toHaveLength(24 + 2)
  expect(kept.slice(0, 1)).toEqual(['file_20260102_060405.json'])
  expect(kept.slice(-2)).toEqual(['file_of_mine.json', 'file_other_20200101_000000.json'])
})
