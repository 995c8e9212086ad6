import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { blamesDatabase, findDatabaseFault } from './find-database-fault.ts'
import { isSetAside, setAside } from './set-aside.ts'

let folder: string
let path: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'arcloom-database-'))
  path = join(folder, 'temporal-1.0.0.db')
  const database = new DatabaseSync(path)
  const rows = Array.from({ length: 500 }, () => `('${'x'.repeat(100)}')`).join()
  database.exec(`PRAGMA journal_mode = WAL; CREATE TABLE namespaces (name TEXT); INSERT INTO namespaces VALUES ${rows}`)
  database.close()
})
afterEach(() => {
  chmodSync(path, 0o600)
  rmSync(folder, { recursive: true })
})

const isRoot = process.getuid?.() === 0

test.each<[string, () => void, string | undefined]>([
  ['as the server left it', () => {}, undefined],
  ['that does not exist yet', () => rmSync(path), undefined],
  ['garbled', () => writeFileSync(path, 'x'.repeat(10_000)), 'file is not a database'],
  ['garbled in the middle', () => garble(20_000), 'SQLite says'],
  ['truncated', () => truncateSync(path, 9_000), 'malformed'],
  ['emptied', () => truncateSync(path, 0), 'it is empty'],
  ['replaced by a folder', () => (rmSync(path), mkdirSync(path)), 'a folder has its name'],
  ['replaced by a database of something else', () => (rmSync(path), other()), 'its tables are missing'],
])('a database %s', (_, damage, fault) => {
  damage()
  if (fault === undefined) expect(findDatabaseFault(path)).toBeUndefined()
  else expect(findDatabaseFault(path)).toContain(fault)
  if (!existsSync(path)) writeFileSync(path, '')
})

const unlessRoot = isRoot ? test.skip : test
unlessRoot('a read-only database is reported', () => {
  chmodSync(path, 0o400)
  expect(findDatabaseFault(path)).toContain('EACCES')
})

test('a locked database is not damaged', () => {
  const holder = new DatabaseSync(path)
  holder.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; INSERT INTO namespaces VALUES (1)')
  expect(findDatabaseFault(path)).toBeUndefined()
  holder.close()
})

test('a damaged database is moved aside with the files that belong to it', () => {
  writeFileSync(`${path}-wal`, 'log')
  const kept = setAside(path, new Date('2026-11-27T04:05:06Z'))
  expect(kept).toBe(`${path}.damaged-2026-11-27T04-05-06-000Z`)
  expect(readFileSync(`${kept}-wal`, 'utf8')).toBe('log')
  expect(readdirSync(folder).filter(isSetAside)).toHaveLength(1)
  writeFileSync(path, '')
})

test.each([
  ['Error: unable to start server: file is not a database (26)', true],
  ['sql schema version compatibility check failed: SQL logic error: no such table: schema_version (1)', true],
  ['database or disk is full (13)', false],
  ['listen tcp 127.0.0.1:7233: bind: address already in use', false],
])('%s', (words, blames) => {
  expect(blamesDatabase(words)).toBe(blames)
})

function garble(at: number): void {
  const bytes = readFileSync(path)
  bytes.fill(0xff, at, at + 8_000)
  writeFileSync(path, bytes)
}

function other(): void {
  const database = new DatabaseSync(path)
  database.exec('CREATE TABLE something (name TEXT)')
  database.close()
}
