import { execFile } from 'node:child_process'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from '@jest/globals'

const projectRoot = fileURLToPath(new URL('../..', import.meta.url))

test('npx arcloom runs the installed copy and installs nothing into its cache', async () => {
  const cache = await mkdtemp(join(tmpdir(), 'arcloom-npx-'))
  try {
    const { stdout } = await promisify(execFile)('npx', ['--offline', 'arcloom', '--help'], {
      cwd: projectRoot,
      env: { ...process.env, npm_config_cache: cache },
    })
    expect(stdout).toContain('Usage: arcloom')
    expect(await readdir(cache)).not.toContain('_npx')
  } finally {
    await rm(cache, { recursive: true, force: true })
  }
})
