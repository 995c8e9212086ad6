import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { readConfig } from '../../config.ts'
import { StackFailed } from '../stack-failed.ts'
import { resolveTemporalCli } from './resolve-temporal-cli.ts'

let root: string

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'temporal-cli-'))
})

afterEach(() => rmSync(root, { recursive: true, force: true }))

function putCli(path: string, version: string): string {
  const file = join(root, path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, `#!/bin/sh\necho 'temporal version 1.0.0 (Server ${version}, UI 1.0.0)'\n`, { mode: 0o755 })
  return file
}

const resolve = (environment: Record<string, string> = {}) =>
  resolveTemporalCli(
    readConfig(
      { HOME: root, XDG_CACHE_HOME: join(root, 'cache'), PATH: join(root, 'bin'), ...environment },
      { projectRoot: root },
    ),
  )

test('prefers the CLI that TEMPORAL_CLI_PATH names', async () => {
  putCli('bin/temporal', '1.1.0')
  const path = putCli('mine/temporal', '1.2.3-rc.1')
  expect(await resolve({ TEMPORAL_CLI_PATH: path })).toEqual({ path, version: '1.0.0', serverVersion: '1.2.3-rc.1' })
})

test('does not skip a broken one that TEMPORAL_CLI_PATH names', async () => {
  putCli('bin/temporal', '1.1.0')
  await expect(resolve({ TEMPORAL_CLI_PATH: '/none' })).rejects.toThrow(/TEMPORAL_CLI_PATH is \/none/)
})

test('prefers the one on PATH to the cache', async () => {
  putCli('cache/arcloom/temporal-1.8.2/temporal', '1.31.2')
  const path = putCli('bin/temporal', '1.1.0')
  expect(await resolve()).toEqual({ path, version: '1.0.0', serverVersion: '1.1.0' })
})

test('uses the newest working one in the cache', async () => {
  putCli('cache/arcloom/temporal-1.9.0/temporal', '1.30.0')
  const path = putCli('cache/arcloom/temporal-1.10.0/temporal', '1.31.2')
  mkdirSync(join(root, 'cache/arcloom/temporal-1.11.0'))
  mkdirSync(join(root, 'cache/arcloom/temporal-build'))
  expect(await resolve()).toEqual({ path, version: '1.0.0', serverVersion: '1.31.2' })
})

test('names the command that installs one when there is none', async () => {
  const failure = await resolve().catch((error: unknown) => error)
  expect(failure).toBeInstanceOf(StackFailed)
  expect(failure).toMatchObject({ mend: 'scripts/setup' })
})
