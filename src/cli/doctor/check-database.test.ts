import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { judgeDatabase, probeDatabase } from './check-database.ts'

let stateDir: string
beforeEach(() => {
  stateDir = mkdtempSync(join(tmpdir(), 'arcloom-doctor-'))
})
afterEach(() => rmSync(stateDir, { recursive: true }))

const examine = async () => judgeDatabase(await probeDatabase({ stateDir }))

test('no database yet is fine', async () => {
  expect(await examine()).toMatchObject({ ok: true, found: expect.stringContaining('none yet') })
})

test('a damaged database is named, with the command that moves it aside', async () => {
  writeFileSync(join(stateDir, 'temporal-1.31.2.db'), 'garbage'.repeat(1_000))
  expect(await examine()).toMatchObject({
    ok: false,
    required: false,
    found: expect.stringMatching(/temporal-1\.31\.2\.db is damaged: .*not a database/),
    mend: expect.stringContaining('npx arcloom up'),
  })
})

test('a database that was moved aside is named, with the command that removes it', async () => {
  writeFileSync(join(stateDir, 'temporal-1.31.2.db.damaged-2026-11-27T04-05-06-000Z'), '')
  writeFileSync(join(stateDir, 'temporal-1.31.2.db.damaged-2026-11-27T04-05-06-000Z-wal'), '')
  const { found, mend } = await examine()
  expect(found).toContain('damaged ones were moved aside')
  expect(mend).toMatch(/^rm -r '.*damaged-2026-11-27T04-05-06-000Z'\*/)
})
