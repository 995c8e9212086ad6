import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { judgeRuns, probeRuns } from './check-runs.ts'

let dataDir: string
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'arcloom-doctor-'))
})
afterEach(() => rmSync(dataDir, { recursive: true }))

test('no runs yet is fine', async () => {
  expect(judgeRuns(await probeRuns({ dataDir }))).toMatchObject({ ok: true, found: 'none yet' })
})

test('a damaged run is named with its file, and the command that repairs it', async () => {
  mkdirSync(join(dataDir, 'runs', 'broken'), { recursive: true })
  writeFileSync(join(dataDir, 'runs', 'broken', 'run.json'), '{"run_id": ')
  expect(judgeRuns(await probeRuns({ dataDir }))).toMatchObject({
    ok: false,
    required: false,
    found: expect.stringMatching(/^1 run read; damaged: broken \(.*run\.json/),
    mend: expect.stringContaining('npx arcloom resume broken'),
  })
})

test('when time runs out, the check says how many runs were read', () => {
  expect(judgeRuns({ total: 400, inspected: 30, damaged: [] })).toMatchObject({
    ok: true,
    found: 'the latest 30 of 400 runs read, all intact',
  })
})
