import { execFile } from 'node:child_process'
import { accessSync, constants, readdirSync, statSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import type { Config } from '../../config.ts'
import { StackFailed } from '../stack-failed.ts'

export interface TemporalCli {
  readonly path: string
  readonly version: string
  /** Version of the server inside: a database file belongs to one server version. */
  readonly serverVersion: string
}

/**
 * Finds the Temporal CLI as `scripts/setup` does: TEMPORAL_CLI_PATH, `temporal` on PATH, the newest in the cache.
 *
 * @throws {StackFailed} if there is none, or the one in TEMPORAL_CLI_PATH does not run
 */
export async function resolveTemporalCli(
  config: Pick<Config, 'temporal' | 'cacheDir' | 'environment'>,
): Promise<TemporalCli> {
  const { cliPath } = config.temporal
  if (cliPath) {
    const cli = await readVersion(cliPath)
    if (!cli) throw new StackFailed(`TEMPORAL_CLI_PATH is ${cliPath}, which is not a working Temporal CLI.`)
    return cli
  }
  const folders = (config.environment()['PATH'] ?? '').split(delimiter).filter(Boolean)
  for (const path of [...folders.map((folder) => join(folder, 'temporal')), ...listCached(config.cacheDir)]) {
    const cli = isExecutable(path) ? await readVersion(path) : undefined
    if (cli) return cli
  }
  throw new StackFailed('The Temporal CLI, which includes the embedded server, is not installed.', 'scripts/setup')
}

/** `temporal version 1.8.2 (Server 1.31.2, UI 2.50.1)` */
async function readVersion(path: string): Promise<TemporalCli | undefined> {
  try {
    const { stdout } = await promisify(execFile)(path, ['--version'], { timeout: 20_000 })
    const [, version, serverVersion] = /temporal version (\S+) \(Server ([\w.-]+)/.exec(stdout) ?? []
    return version && serverVersion ? { path, version, serverVersion } : undefined
  } catch {
    return undefined
  }
}

function listCached(cacheDir: string): string[] {
  let names: string[]
  try {
    names = readdirSync(cacheDir).filter((name) => /^temporal-\d/.test(name))
  } catch {
    return []
  }
  const newestFirst = names.sort((a, b) => b.localeCompare(a, 'en', { numeric: true }))
  return newestFirst.map((name) => join(cacheDir, name, 'temporal'))
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}
