import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, expect, test } from '@jest/globals'
import { readOwnIdentity, renderProcessIdentity } from '../adapters/process-identity.ts'
import { readConfig } from '../config.ts'
import type { WorkerSandbox } from '../domain/runs/record.ts'
import type { Specification, VerificationSpecification } from '../domain/runs/specification.ts'
import { listStackFiles, writeStackFile } from '../stack/state/stack-files.ts'
import { chooseSandbox } from './choose-sandbox.ts'

const folder = mkdtempSync(join(tmpdir(), 'choose-sandbox-'))
const config = readConfig({ ARCLOOM_DATA_DIR: folder })
const files = listStackFiles(config)
const identity = readOwnIdentity()
let notes: string[]

beforeEach(() => {
  notes = []
  rmSync(files.folder, { recursive: true, force: true })
})

afterAll(() => rmSync(folder, { recursive: true }))

/** A stack whose supervisor and worker are played by this process. */
function playWorker(sandbox: WorkerSandbox) {
  writeStackFile(files.status, { identity, parts: { worker: { state: 'running', identity } } })
  writeStackFile(join(files.ready, `worker-${renderProcessIdentity(identity)}.json`), { identity, sandbox })
}

const lacking: WorkerSandbox = { missing: 'bubblewrap is not installed.', mend: 'scripts/setup' }
const proof: WorkerSandbox = { description: { level: 'bwrap' }, withstood: ['reaching the network'] }
const verification: VerificationSpecification = {
  kind: 'verification',
  entry_points: ['solve'],
  programs_hash: '',
  program_count: 1,
  items_hash: '',
  item_count: 1,
}
const choose = (specification: Specification) =>
  chooseSandbox({ config, note: (text) => void notes.push(text) }, specification)

test("the worker's proof of its sandbox goes into the record of the run", async () => {
  playWorker(proof)
  expect(await choose(verification)).toEqual(proof)
  expect(notes).toEqual([])
})

test('programs are refused when the worker has no sandbox, with the command that fixes it', async () => {
  playWorker(lacking)
  await expect(choose(verification)).rejects.toMatchObject({
    name: 'StackFailed',
    message: expect.stringContaining('bubblewrap is not installed.'),
    mend: 'scripts/setup',
  })
})

test('they run anyway when the user insists, with a warning', async () => {
  playWorker(lacking)
  expect(await choose({ ...verification, sandbox: 'none' })).toMatchObject({ description: { level: 'none' } })
  expect(notes).toEqual([expect.stringContaining('UNPROTECTED')])
})

test('nothing is known about a worker on another machine', async () => {
  expect(await choose(verification)).toBeNull()
})
