import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import type { WorkerLoad } from '../domain/load/worker-load.ts'
import { readLoads, removeLoad, writeLoad } from './worker-loads.ts'

const load: WorkerLoad = {
  waitingAtGate: 1.5,
  inFlight: 3,
  answerSeconds: null,
  programs: { running: 0.5, places: 2 },
  writeSeconds: 0.004,
  startSeconds: { runs: null, models: 0.01, sandbox: null },
  busy: 0.2,
  timerDelaySeconds: 0.001,
}

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'loads-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

test('a load is read as it was written, and no more once it is old', () => {
  writeLoad(folder, { ...load, inFlight: 1 })
  writeLoad(folder, load)
  expect(readLoads(folder, Date.now())).toEqual([load])
  expect(readLoads(folder, Date.now() + 60_000)).toEqual([])
})

test('a worker that ends leaves nothing behind', () => {
  writeLoad(folder, load)
  removeLoad(folder)
  expect(readdirSync(folder)).toEqual([])
})

test.each(['', '{"inFlight":', '{"inFlight": 3}', 'null', '[]'])('a file that holds %j is no load', (text) => {
  writeFileSync(join(folder, 'load-1-1.json'), text)
  expect(readLoads(folder, Date.now())).toEqual([])
})

test('a folder that cannot be written to stops nobody', () => {
  writeLoad(join(folder, 'missing'), load)
  expect(readLoads(join(folder, 'missing'), Date.now())).toEqual([])
})
