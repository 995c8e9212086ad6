import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { listOpenRuns } from './open-runs.ts'

let dataDir: string

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'open-runs-'))
})

afterEach(() => rmSync(dataDir, { recursive: true, force: true }))

function putState(runId: string, text: string): void {
  mkdirSync(join(dataDir, 'runs', runId), { recursive: true })
  writeFileSync(join(dataDir, 'runs', runId, 'state.json'), text)
}

test('lists runs that are running or paused', () => {
  putState('a', '{"state": "running"}')
  putState('b', '{"state": "paused"}')
  putState('c', '{"state": "complete"}')
  expect(listOpenRuns(dataDir).sort()).toEqual(['a', 'b'])
})

test('passes over what it cannot read', () => {
  mkdirSync(join(dataDir, 'runs', 'empty'), { recursive: true })
  putState('torn', '{"state": "run')
  putState('null', 'null')
  writeFileSync(join(dataDir, 'runs', 'file'), '')
  expect(listOpenRuns(dataDir)).toEqual([])
})

test('finds none where nothing ever ran', () => {
  expect(listOpenRuns(join(dataDir, 'none'))).toEqual([])
})
