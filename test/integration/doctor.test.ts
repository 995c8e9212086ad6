import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Check } from '../../src/cli/doctor/check.ts'
import { findStackPorts } from '../support/find-free-port.ts'

const client = fileURLToPath(new URL('../../scripts/arcloom.ts', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'doctor-'))
const dataDir = join(folder, 'data')

/** Everything that could differ between machines, except Python and the sandbox, which are under test. */
let environment: Record<string, string>

beforeAll(async () => {
  const cli = join(folder, 'temporal')
  writeFileSync(cli, `#!/bin/sh\necho 'temporal version 1.0.0 (Server 1.1.0, UI 1.0.0)'\n`, { mode: 0o755 })
  environment = {
    ARCLOOM_DATA_DIR: dataDir,
    ...(await findStackPorts()),
    TEMPORAL_ADDRESS: '',
    TEMPORAL_CLI_PATH: cli,
  }
})

afterAll(() => rmSync(folder, { recursive: true }))

async function runDoctor(args: readonly string[], change: Record<string, string> = {}) {
  const doctor = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', client, 'doctor', ...args], {
    env: { ...process.env, ...environment, ...change },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const exited = once(doctor, 'exit')
  const [stdout, stderr] = await Promise.all([text(doctor.stdout), text(doctor.stderr)])
  const [exitCode] = (await exited) as [number | null]
  return { stdout, stderr, exitCode }
}

async function diagnose(change: Record<string, string> = {}) {
  const { stdout, stderr, exitCode } = await runDoctor(['--json'], change)
  expect(stderr).toBe('')
  const { ok, checks } = JSON.parse(stdout) as { ok: boolean; checks: Check[] }
  return { ok, checks, exitCode, lacking: checks.filter((check) => !check.ok && check.required) }
}

test('when everything is installed, doctor says so, exits with 0, and leaves nothing behind', async () => {
  const { ok, checks, exitCode, lacking } = await diagnose()
  expect(lacking).toEqual([])
  expect({ ok, exitCode }).toEqual({ ok: true, exitCode: 0 })
  for (const check of checks) {
    const { name, needed, found, mend } = check
    for (const words of [name, needed, found]) expect(words).toMatch(/\S/)
    expect(mend).toEqual(check.ok ? null : expect.stringMatching(/\S/))
  }
  expect(checks.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['node', 'python', 'sandbox', 'temporal', 'stack', 'data folder', 'disk', 'models', 'key']),
  )
  expect(existsSync(dataDir)).toBe(false)
})

test('a missing requirement makes it exit with 5, and does not hide the other checks', async () => {
  writeFileSync(join(folder, 'file'), '')
  const { ok, exitCode, lacking } = await diagnose({
    ARCLOOM_PYTHON: '/nowhere/python3',
    ARCLOOM_DATA_DIR: join(folder, 'file'),
    TEMPORAL_CLI_PATH: '/nowhere/temporal',
  })
  expect({ ok, exitCode }).toEqual({ ok: false, exitCode: 5 })
  expect(lacking.map(({ name, mend }) => [name, mend])).toEqual([
    ['python', 'unset ARCLOOM_PYTHON'],
    ['sandbox', 'unset ARCLOOM_PYTHON'],
    ['temporal', 'unset TEMPORAL_CLI_PATH'],
    ['data folder', 'export ARCLOOM_DATA_DIR=/a/folder/of/yours'],
  ])
})

test('a probe that fails is reported as its result, and the process ends', async () => {
  const { exitCode, checks } = await diagnose({ TMPDIR: join(folder, 'gone') })
  expect(exitCode).toBe(5)
  expect(checks).toContainEqual(
    expect.objectContaining({ name: 'sandbox', ok: false, found: expect.stringContaining('ENOENT') }),
  )
  expect(checks).toContainEqual(expect.objectContaining({ name: 'models', ok: true }))
})

test('an invalid setting is a check like the others', async () => {
  const { exitCode, lacking } = await diagnose({ ARCLOOM_WEB_PORT: 'abc' })
  expect(exitCode).toBe(5)
  expect(lacking).toMatchObject([
    { name: 'configuration', found: expect.stringContaining('ARCLOOM_WEB_PORT is "abc"') },
  ])
})

test('a key is named, and its value never shown', async () => {
  const key = { OPENROUTER_API_KEY: 'sk-secret-value' }
  const [forPeople, forPrograms] = await Promise.all([runDoctor([], key), runDoctor(['--json'], key)])
  expect(forPeople.stdout).toContain('OPENROUTER_API_KEY is set in the environment')
  expect(forPeople.stdout + forPrograms.stdout + forPeople.stderr + forPrograms.stderr).not.toContain('sk-secret-value')
})

test('closing the output early changes nothing', async () => {
  const doctor = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', client, 'doctor'], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  doctor.stdout.destroy()
  const exited = once(doctor, 'exit')
  expect(await text(doctor.stderr)).toBe('')
  expect(await exited).toEqual([0, null])
})
