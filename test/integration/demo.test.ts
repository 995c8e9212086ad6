import { execFile } from 'node:child_process'
import { chmod, copyFile, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from '@jest/globals'

/** A checkout that needs no setup, and whose `arcloom` prints prepared documents. */
let checkout: string
beforeAll(async () => {
  checkout = await mkdtemp(join(tmpdir(), 'arcloom-demo-'))
  const bin = join(checkout, 'node_modules/.bin')
  await mkdir(bin, { recursive: true })
  await mkdir(join(checkout, 'scripts'))
  await copyFile('scripts/demo', join(checkout, 'scripts/demo'))
  await symlink(process.execPath, join(bin, 'node'))
  const run = {
    run_id: 'r-1',
    results_file: 'benchmark/r.json',
    results_path: '/my data/benchmark/r.json',
    temporal_ui: 'http://127.0.0.1:8233/r-1',
  }
  await writeFile(join(checkout, 'up.json'), JSON.stringify({ page: 'http://127.0.0.1:8321' }))
  await writeFile(join(checkout, 'benchmark.json'), JSON.stringify(run))
  await writeScript(join(checkout, 'scripts/setup'), 'true')
  await writeScript(join(bin, 'arcloom'), 'cat "$1.json" 2>/dev/null || echo "The $*."')
})
afterAll(() => rm(checkout, { recursive: true }))

async function writeScript(path: string, line: string): Promise<void> {
  await writeFile(path, `#!/usr/bin/env bash\n${line}\n`)
  await chmod(path, 0o755)
}

test('the demo ends with the report, and with paths and commands that work from anywhere', async () => {
  const { stdout } = await promisify(execFile)(join(checkout, 'scripts/demo'))
  expect(stdout).toContain('The report r-1.\n')
  expect(stdout).toMatch(/^Results +\/my data\/benchmark\/r\.json$/m)
  expect(stdout).toMatch(/^The page +http:\/\/127\.0\.0\.1:8321$/m)
  expect(stdout).toContain('npx arcloom status r-1')
})
