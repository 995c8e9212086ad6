import { readFileSync, statSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import type { WorkerSandbox } from '../domain/runs/record.ts'
import { isMissing } from './files/error-code.ts'
import { listNames } from './files/list-names.ts'
import {
  isAlive,
  processIdentitySchema,
  readOwnIdentity,
  renderProcessIdentity,
  type ProcessIdentity,
} from './process-identity.ts'

/** What a worker records about itself in the data folder while it serves, in a file that it keeps touching. */
export interface WorkerNote {
  readonly identity: ProcessIdentity
  /** These two are absent if the worker's version did not write them yet. */
  readonly host?: string
  /** From `hashCode`, when the worker was started. */
  readonly code?: string
  readonly sandbox?: WorkerSandbox | undefined
}

/** How often a worker touches its note. */
export const touchEveryMs = 20_000

/** A process on another machine cannot be checked, and clocks do not agree to the second. */
const silentForMs = 120_000

/** @param folder where workers keep their notes @param identity of the worker's process */
export function locateNote(folder: string, identity: ProcessIdentity = readOwnIdentity()): string {
  return join(folder, `worker-${renderProcessIdentity(identity)}.json`)
}

/** The workers that currently serve this data folder, on this machine and others, with other code. */
export function listWorkersOfOtherCode(folder: string, code: string): WorkerNote[] {
  return listNames(folder)
    .filter((name) => /^worker-.*\.json$/.test(name))
    .flatMap((name) => {
      const note = readNote(join(folder, name))
      return note !== undefined && note.code !== code ? [note] : []
    })
}

/** `process 4711 on this machine` */
export function describeWorker({ identity, host = hostname() }: WorkerNote): string {
  return `process ${identity.pid} on ${host === hostname() ? 'this machine' : host}`
}

/** The fields that are used here; the rest is for people who open the file. */
const noteSchema = z.object({
  identity: processIdentitySchema,
  host: z.string().optional(),
  code: z.string().optional(),
})

function isNote(value: unknown): value is WorkerNote {
  return noteSchema.safeParse(value).success
}

/** @returns undefined if the worker is no longer alive, or the file is not a worker's note */
function readNote(path: string): WorkerNote | undefined {
  try {
    const touchedAt = statSync(path).mtimeMs
    const note: unknown = JSON.parse(readFileSync(path, 'utf8'))
    if (!isNote(note)) return undefined
    const isHere = note.host === undefined || note.host === hostname()
    return (isHere ? isAlive(note.identity) : Date.now() - touchedAt < silentForMs) ? note : undefined
  } catch (error) {
    if (isMissing(error) || error instanceof SyntaxError) return undefined
    throw error
  }
}
