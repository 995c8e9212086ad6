import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { readOwnIdentity } from '../../src/adapters/process-identity.ts'
import { locateNote } from '../../src/adapters/worker-notes.ts'
import { closeAfterEach } from '../support/close-after-each.ts'
import { beginClient } from '../support/run-client.ts'

const closeAfter = closeAfterEach()
let dataDir: string
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'arcloom-old-worker-'))
})
afterEach(() => rm(dataDir, { recursive: true }))

test('arcloom worker refuses to serve beside one of another version, names it, and says what to do', async () => {
  const notes = join(dataDir, '.state/ready')
  await mkdir(notes, { recursive: true })
  // This process plays the other worker: it is alive.
  await writeFile(locateNote(notes), JSON.stringify({ identity: readOwnIdentity(), code: 'other' }))
  // Nobody answers there: the worker must not even ask.
  const environment = { ...process.env, ARCLOOM_DATA_DIR: dataDir, TEMPORAL_ADDRESS: '127.0.0.1:1' }
  const worker = beginClient(['worker'], environment)
  void closeAfter(worker)
  const { code, stderr } = await worker.ended
  expect(code).toBe(5)
  expect(stderr).toContain(`version of Arcloom differs`)
  expect(stderr).toContain(`process ${process.pid} on this machine`)
  expect(stderr).toMatch(/Stop the older one/)
  expect(stderr).not.toContain('    at ')
  expect(await readdir(notes)).toHaveLength(1)
})
