import { readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { WorkerLoad } from '../domain/load/worker-load.ts'
import { isMissing } from './files/error-code.ts'
import { listNames } from './files/list-names.ts'
import { readOwnIdentity, renderProcessIdentity } from './process-identity.ts'

/** How often a worker writes down its load. */
export const measureEveryMs = 3_000

/** A worker that has written nothing for this long is dead, or too busy to say so. */
const staleMs = 5 * measureEveryMs

const seconds = z.number().nonnegative()
const number = z.number().nonnegative()

const loadSchema: z.ZodType<WorkerLoad> = z.object({
  waitingAtGate: number,
  inFlight: number,
  answerSeconds: seconds.nullable(),
  programs: z.object({ running: number, places: number }),
  writeSeconds: seconds.nullable(),
  startSeconds: z.object({
    runs: seconds.nullable(),
    models: seconds.nullable(),
    sandbox: seconds.nullable(),
  }),
  busy: number,
  timerDelaySeconds: seconds,
})

/**
 * Writes down this worker's load, for `status` and the live line. Nothing depends on it: on a full disk, and after a crash of
 * the machine, there is none.
 *
 * @param folder where workers keep their notes
 */
export function writeLoad(folder: string, load: WorkerLoad): void {
  const path = locateOwnLoad(folder)
  try {
    writeFileSync(`${path}.tmp`, JSON.stringify(load))
    renameSync(`${path}.tmp`, path)
  } catch {
    removeLoad(folder)
  }
}

export function removeLoad(folder: string): void {
  const path = locateOwnLoad(folder)
  for (const each of [path, `${path}.tmp`]) rmSync(each, { force: true })
}

function locateOwnLoad(folder: string): string {
  return join(folder, `load-${renderProcessIdentity(readOwnIdentity())}.json`)
}

/** The loads of all workers that wrote theirs down just now, on this machine and others that share the folder. */
export function readLoads(folder: string, nowMs: number): WorkerLoad[] {
  return listNames(folder)
    .filter((name) => /^load-.*\.json$/.test(name))
    .flatMap((name) => readLoad(join(folder, name), nowMs) ?? [])
}

function readLoad(path: string, nowMs: number): WorkerLoad | undefined {
  try {
    if (nowMs - statSync(path).mtimeMs > staleMs) return undefined
    return loadSchema.safeParse(JSON.parse(readFileSync(path, 'utf8'))).data
  } catch (error) {
    // Removed meanwhile, or torn by a full disk.
    if (isMissing(error) || error instanceof SyntaxError) return undefined
    throw error
  }
}
