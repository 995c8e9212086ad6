import { mkdirSync, readFileSync, renameSync, rmdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { isMissing } from '../../adapters/files/error-code.ts'
import { listNames } from '../../adapters/files/list-names.ts'
import type { ProcessIdentity } from '../../adapters/process-identity.ts'
import type { Config } from '../../config.ts'
import type { LaunchFacts } from '../parts/part.ts'

/**
 * The stack's files. Files rather than a socket: they survive `kill -9` of any process, any number of
 * processes can read them at once, and so can a person. Every process named in them is checked by id and start time.
 *
 * | file | written by | means |
 * |---|---|---|
 * | `supervisor.lock` | supervisor | held for its whole life: one supervisor per data folder |
 * | `supervisor.json` | supervisor | its identity, the addresses, the state of each part |
 * | `parts/<part>.json` | supervisor | a part's process and ports, for the next supervisor to adopt |
 * | `leases/*.json` | commands | the stack is needed while this process lives |
 * | `keep` | `up` | the stack is needed until `down` |
 * | `down.json` | `down` | asks the supervisor to end everything |
 * | `ready/<part>-<process>.json` | the part | it is ready |
 * | `ready/load-<process>.json` | workers | how busy each is |
 * | `gates/*.json` | workers, the page | what their gates hold of limits, and what waits there |
 * | `journals/*.jsonl` | workers | the activities each has in flight |
 * | `logs/<part>.log` | each process | its output |
 */
export type StackFiles = ReturnType<typeof listStackFiles>

export function listStackFiles({ stateDir }: Pick<Config, 'stateDir'>) {
  return {
    folder: stateDir,
    lock: join(stateDir, 'supervisor.lock'),
    status: join(stateDir, 'supervisor.json'),
    parts: join(stateDir, 'parts'),
    part: (name: string) => join(stateDir, 'parts', `${name}.json`),
    leases: join(stateDir, 'leases'),
    keep: join(stateDir, 'keep'),
    down: join(stateDir, 'down.json'),
    ready: join(stateDir, 'ready'),
    journals: join(stateDir, 'journals'),
    log: (name: string) => join(stateDir, 'logs', `${name}.log`),
  }
}

/** Atomic for readers; not synced to disk, since after a power failure none of it is true any more. */
export function writeStackFile(path: string, value: unknown): void {
  const temporary = `${path}.${process.pid}.tmp`
  const text = `${JSON.stringify(value, null, 2)}\n`
  mkdirSync(dirname(path), { recursive: true })
  try {
    writeFileSync(temporary, text)
  } catch (error) {
    if (!isMissing(error)) throw error
    // A supervisor that ended has just removed the empty folder.
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(temporary, text)
  }
  renameSync(temporary, path)
}

/** @returns undefined if the file is missing or not JSON */
export function readStackFile(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return undefined
  }
}

/** The `identity` of the process that a stack file describes. */
export function readIdentity(path: string): ProcessIdentity | undefined {
  const file = readStackFile(path)
  const identity = typeof file === 'object' && file !== null && 'identity' in file ? file.identity : undefined
  return isIdentity(identity) ? identity : undefined
}

/** What a supervisor wrote about a part besides its identity. */
export interface PartFacts extends LaunchFacts {
  /** The whole stack's ports when the part was started. */
  readonly ports?: Config['ports']
}

/** As a supervisor wrote it, whole; empty if there is no such file. */
export function readPartFacts(path: string): PartFacts {
  return readStackFile(path) ?? {}
}

function isIdentity(value: unknown): value is ProcessIdentity {
  return (
    typeof value === 'object' &&
    value !== null &&
    'pid' in value &&
    typeof value.pid === 'number' &&
    'startTime' in value &&
    typeof value.startTime === 'string'
  )
}

/**
 * Removes the stack's files; only for the holder of the lock. Keeps logs, the database and the workers' journals, and the
 * leases of living commands: one may be waiting to start the stack again.
 */
export function removeStackFiles(files: StackFiles): void {
  for (const path of [files.status, files.down, files.keep, files.parts]) rmSync(path, { recursive: true, force: true })
  for (const name of listNames(files.folder))
    if (/^(supervisor|down|keep)\b.*\.tmp$/.test(name)) rmSync(join(files.folder, name), { force: true })
  for (const folder of [files.leases, files.ready, files.journals]) removeWhenEmpty(folder)
}

function removeWhenEmpty(folder: string): void {
  try {
    rmdirSync(folder)
  } catch {
    // It does not exist, or somebody needs it.
  }
}
