import { execFile, spawnSync } from 'node:child_process'
import { chmodSync, cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, expect, jest, test } from '@jest/globals'
import { sandboxLevels } from '../../src/adapters/sandbox/open-first-zygote.ts'

jest.setTimeout(600_000)

/*
 * The worker as an ordinary user, when the tests run as root: then no user id is dropped, and for the kernel the programs inside
 * and the worker outside are the same user. (When the tests run as an ordinary user, sandbox-hostile.test.ts covers this.)
 */

const user = { uid: 1000, gid: 1000 }
const canRun =
  process.getuid?.() === 0 && spawnSync(process.execPath, ['-e', '0'], { ...user, cwd: '/', env: {} }).status === 0
const title = 'a worker of an ordinary user holds every hostile program back'

// Other users cannot enter a checkout in root's home.
const folder = mkdtempSync(join(tmpdir(), 'sandbox-checkout-'))
afterAll(() => rmSync(folder, { recursive: true }))

const why = canRun ? '' : ' (skipped: only root can become one, and others must be able to run this Node)'

;(canRun ? test : test.skip).each(sandboxLevels)(`${title} (%s)${why}`, async (level) => {
  const parts = [
    'package.json',
    'src/adapters/files',
    'src/adapters/sandbox',
    'src/domain',
    'sandbox',
    'test/support',
    'node_modules/zod',
  ]
  for (const part of parts)
    cpSync(fileURLToPath(new URL(`../../${part}`, import.meta.url)), join(folder, part), { recursive: true })
  chmodSync(folder, 0o755)
  const script = join(folder, 'test/support/attack-as-user.ts')
  const env = { SANDBOX_TEST_SECRET: 'secret', PATH: '/usr/bin:/bin' }
  const { stdout } = await promisify(execFile)(process.execPath, [script, level], { ...user, cwd: '/', env })
  expect(JSON.parse(stdout)).toEqual({ user: user.uid, programs: expect.any(Number), failures: [] })
})
