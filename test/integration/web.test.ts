import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { closeAfterEach } from '../support/close-after-each.ts'
import { findFreePort } from '../support/find-free-port.ts'
import { beginClient } from '../support/run-client.ts'

const closeAfter = closeAfterEach()

let dataDir: string
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'arcloom-web-'))
})
afterEach(() => rm(dataDir, { recursive: true }))

const begin = (port: number) =>
  beginClient(['web'], { ...process.env, ARCLOOM_DATA_DIR: dataDir, ARCLOOM_WEB_PORT: String(port) })

test('arcloom web serves only the page, says where, and exits when told to', async () => {
  const port = await findFreePort()
  const web = begin(port)
  void closeAfter(web)
  const [line] = (await once(web.stdout!, 'data')) as [string]
  expect(line).toContain(`http://127.0.0.1:${port}`)
  const { tasks } = (await (await fetch(`http://127.0.0.1:${port}/api/tasks`)).json()) as { tasks: unknown[] }
  expect(tasks.length).toBeGreaterThan(0)
  web.kill('SIGTERM')
  expect((await web.ended).code).toBe(0)
})

test('a port in use is named, with the variable that changes it', async () => {
  const stranger = createServer().listen(0, '127.0.0.1')
  void closeAfter(stranger)
  await once(stranger, 'listening')
  const { port } = stranger.address() as AddressInfo
  const { code, stderr } = await begin(port).ended
  expect(code).toBe(5)
  expect(stderr).toContain(`127.0.0.1:${port}`)
  expect(stderr).toContain('ARCLOOM_WEB_PORT')
})
