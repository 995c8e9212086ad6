import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from '@jest/globals'
import { createSandbox } from '../../src/adapters/sandbox/create-sandbox.ts'
import { sandboxLevels } from '../../src/adapters/sandbox/open-first-zygote.ts'
import { closeAfterEach } from '../support/close-after-each.ts'

const closeAfter = closeAfterEach()

const folder = mkdtempSync(join(tmpdir(), 'sandbox-leaky-'))
const zygote = readFileSync(new URL('../../sandbox/zygote.py', import.meta.url), 'utf8')

afterAll(() => rmSync(folder, { recursive: true }))

/** The zygote without one of its lines. */
function writeLeakyZygote(line: string): string {
  const leaky = zygote.replace(new RegExp(`^( *)${RegExp.escape(line)}.*$`, 'm'), '$1pass')
  if (leaky === zygote) throw new Error(`zygote.py has no line that begins with ${line}`)
  const path = join(folder, 'zygote.py')
  writeFileSync(path, leaky)
  return path
}

test.each(sandboxLevels)('a sandbox that holds is opened (%s)', async (level) => {
  const sandbox = await closeAfter(createSandbox({ slots: 1, levels: [level] }))
  expect(sandbox.facts.level).toBe(level)
  expect(sandbox.withstood).toContain('reaching the network')
})

test.each([
  ['bwrap', 'prctl(PR_SET_SECCOMP', 'signalling another process'],
  ['bwrap', "send({'index'", 'an honest program got no answer'],
  ['landlock', 'restrict_to(paths, version)', 'reading a file of the worker'],
] as const)('a sandbox (%s) without the line %s is refused: %s', async (level, line, hole) => {
  const opened = closeAfter(createSandbox({ slots: 1, levels: [level], zygotePath: writeLeakyZygote(line) }))
  await expect(opened).rejects.toMatchObject({ name: 'SandboxUnavailable', message: expect.stringContaining(hole) })
})

test('a level that does not hold falls back to the next', async () => {
  const broken = zygote.replace('def main(level, *paths):', `$&\n    if level == 'bwrap': sys.exit('broken')`)
  const zygotePath = join(folder, 'zygote.py')
  writeFileSync(zygotePath, broken)
  const sandbox = await closeAfter(createSandbox({ slots: 1, zygotePath }))
  expect(sandbox.facts.level).toBe('landlock')
})
