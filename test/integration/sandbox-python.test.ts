import { execFileSync } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { createSandbox } from '../../src/adapters/sandbox/create-sandbox.ts'
import { closeAfterEach } from '../support/close-after-each.ts'

const closeAfter = closeAfterEach()

const folder = mkdtempSync(join(tmpdir(), 'sandbox-python-'))
const bare = join(folder, 'bare-python')
const chatty = join(folder, 'chatty-python')

beforeAll(() => {
  chmodSync(folder, 0o755)
  writeFileSync(bare, `#!/bin/sh\necho "ModuleNotFoundError: No module named 'numpy'" >&2\nexit 1\n`, { mode: 0o755 })
  writeFileSync(chatty, `#!/bin/sh\necho '{"executable": "/bin/sh"}'\n`, { mode: 0o755 })
})

afterAll(() => rmSync(folder, { recursive: true }))

describe('the configured interpreter', () => {
  test.each([
    ['does not exist', '/nowhere/python3', 'ENOENT', 'scripts/setup'],
    ['has no numpy', bare, `No module named 'numpy'`, `${bare} -m pip install numpy`],
    ['prints something else', chatty, 'what it printed at libraries: .*missing', 'scripts/setup'],
  ])('is not replaced by another when it %s', async (_, python, complaint, mend) => {
    await expect(closeAfter(createSandbox({ slots: 1, python }))).rejects.toMatchObject({
      name: 'SandboxUnavailable',
      message: expect.stringMatching(new RegExp(`${python}.*${complaint}`)),
      mend,
    })
  })

  test('may be that of a virtual environment', async () => {
    const environment = join(folder, 'environment')
    execFileSync('/usr/bin/python3', ['-m', 'venv', '--without-pip', '--system-site-packages', environment])
    const sandbox = await closeAfter(createSandbox({ slots: 1, python: join(environment, 'bin/python3') }))
    const program = { code: 'def solve(g): return g', entryPoints: ['solve'], inputs: [[[1]]], forks: 'grid' } as const
    const { results } = await sandbox.run(program, new AbortController().signal)
    expect(results).toEqual([{ status: 'ok', grid: [[1]] }])
  })
})
