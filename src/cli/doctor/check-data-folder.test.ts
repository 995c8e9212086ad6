import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { judgeDataFolder, probeDataFolder } from './check-data-folder.ts'

let root: string

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'doctor-folder-'))
})

afterEach(() => rmSync(root, { recursive: true }))

const look = async (dataDir: string) =>
  judgeDataFolder(await probeDataFolder({ dataDir, stateDir: join(dataDir, '.state') }))

test('a writable folder is fine, and left as it was', async () => {
  mkdirSync(join(root, 'runs'))
  expect(await look(root)).toMatchObject({ ok: true, found: expect.stringContaining(root) })
  expect(readdirSync(root, { recursive: true })).toEqual(['runs'])
})

test('a missing folder is not created', async () => {
  expect(await look(join(root, 'a', 'b'))).toMatchObject({
    ok: true,
    found: expect.stringContaining('can be created'),
  })
  expect(readdirSync(root)).toEqual([])
})

test('a file in its place is reported', async () => {
  const file = join(root, 'data')
  writeFileSync(file, '')
  expect(await look(file)).toMatchObject({ ok: false, required: true, found: expect.stringContaining('ENOTDIR') })
})

test.each([
  ['EACCES', true, `sudo chown -R "$(id -un)" '/data'`],
  ['EACCES', false, 'export ARCLOOM_DATA_DIR=/a/folder/of/yours'],
  ['ENOSPC', true, 'export ARCLOOM_DATA_DIR=/a/folder/of/yours'],
])('%s, with an existing folder (%s), has a fix', (code, exists, mend) => {
  const error = Object.assign(new Error(code), { code })
  const check = judgeDataFolder({ dataDir: '/data', exists, refused: { folder: '/data/runs', error } })
  expect(check).toMatchObject({ ok: false, found: `/data/runs is not writable (${code})`, mend })
})
