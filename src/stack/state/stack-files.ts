import { mkdirSync, readFileSync, renameSync, rmdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { isMissing } from '../../adapters/files/error-code.ts'
import { listNames } from '../../adapters/files/list-names.ts'
import type { ProcessIdentity } from '../../adapters/process-identity.ts'
import type { Config } from '../../config.ts'
import type { LaunchFacts } from '../parts/part.ts'

/**
 * Where the stack keeps what it knows about itself. Files, and no socket: they survive `kill -9` of anybody, any number of
 * processes read them at once, and a person can too. Whoever is named in them is checked by process id and start time.
 *
 * | file | written by | means |
 * |---|---|---|
 * | `supervisor.lock` | supervisor | held for its life: one supervisor per data folder |
 * | `supervisor.json` | supervisor | its identity, the addresses, the state of each part |
 * | `parts/<part>.json` | supervisor | the process of a part and its ports, for the next supervisor to adopt |
 * | `leases/*.json` | commands | the stack is needed as long as this process lives |
 * | `keep` | `up` | the stack is needed until `down` |
 * | `down.json` | `down` | the supervisor is asked to end everything |
 * | `ready/<part>-<process>.json` | the part | it serves |
 * | `journals/*.jsonl` | workers | the activities each has in flight |
 * | `logs/<part>.log` | each process | what it prints |
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

/** Whole or not at all for a reader; not forced to the disk, since after a loss of power none of it is true any more. */
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

/** @returns undefined when the file is missing or not JSON. */
export function readStackFile(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return undefined
  }
}

/** The `identity` of the process that a file of the stack tells of. */
export function readIdentity(path: string): ProcessIdentity | undefined {
  const file = readStackFile(path)
  const identity = typeof file === 'object' && file !== null && 'identity' in file ? file.identity : undefined
  return isIdentity(identity) ? identity : undefined
}

/** What a supervisor noted of a part beside its identity. */
export interface PartFacts extends LaunchFacts {
  /** Where the whole stack listened when it was started. */
  readonly ports?: Config['ports']
}

/** As a supervisor wrote it, whole; nothing where there is no such file. */
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
 * Removes what the stack knew about itself; only for who holds the lock. Logs, the database and the workers' journals stay, and
 * so do the leases of commands that live: one may just be waiting to start the stack again.
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
    // It is not there, or somebody needs it.
  }
}
