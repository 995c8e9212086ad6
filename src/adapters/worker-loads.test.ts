import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import type { WorkerLoad } from '../domain/load/worker-load.ts'
import { openLoadNotes, readLoads } from './worker-loads.ts'

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
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'loads-'))
})
afterEach(() => rm(folder, { recursive: true }))

test('a load is read as it was written, and no more once it is old', async () => {
  const notes = openLoadNotes(folder)
  await notes.write({ ...load, inFlight: 1 })
  await notes.write(load)
  expect(await readLoads(folder)).toEqual([load])
  const longAgo = new Date(Date.now() - 60_000)
  await utimes(notes.path, longAgo, longAgo)
  expect(await readLoads(folder)).toEqual([])
})

test('a worker that ends leaves nothing behind', async () => {
  const notes = openLoadNotes(join(folder, 'new'))
  await notes.write(load)
  await notes.remove()
  expect(await readdir(join(folder, 'new'))).toEqual([])
})

test('the load of a worker that was killed counts no longer, and its file goes', async () => {
  const killed = { identity: { pid: process.pid, startTime: 'another time' }, host: hostname() }
  await writeFile(join(folder, 'load-killed.json'), JSON.stringify({ ...killed, ...load }))
  expect(await readLoads(folder)).toEqual([])
  expect(await readdir(folder)).toEqual([])
})

test.each(['', '{"inFlight":', '{"inFlight": 3}', 'null', '[]'])('a file that holds %j is no load', async (text) => {
  await writeFile(join(folder, 'load-1-1.json'), text)
  expect(await readLoads(folder)).toEqual([])
})

test('a folder that is missing holds none', async () => {
  expect(await readLoads(join(folder, 'missing'))).toEqual([])
})
