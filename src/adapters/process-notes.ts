import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { orWhenMissing } from './files/or-when-missing.ts'
import {
  isAlive,
  processIdentitySchema,
  readOwnIdentity,
  renderProcessIdentity,
  type ProcessIdentity,
} from './process-identity.ts'

/** A note as read: what was written, who wrote it, and how long ago. */
export interface ProcessNote<Content> {
  readonly content: Content
  readonly identity: ProcessIdentity
  readonly host: string
  /** By the clocks of the file system and of this machine. */
  readonly ageMs: number
}

/**
 * What the processes of a data folder say about themselves while they live, each in a file of its own that it rewrites:
 * `<kind>-<host>-<process>.json`. Nothing depends on a note: after a power failure none of them is true any more.
 */
export interface ProcessNotes<Content> {
  /** This process, among those that write notes. */
  readonly own: string
  /** Where its note is. */
  readonly path: string
  write(content: Content): Promise<void>
  remove(): Promise<void>
  /** By process. Notes of processes that were killed on this machine are removed; on other machines only the age can tell. */
  read(): Promise<ReadonlyMap<string, ProcessNote<Content>>>
}

/** @param schema what this version writes; a note of another version is no note, and left alone */
export function openProcessNotes<Content extends object>(
  folder: string,
  kind: string,
  schema: z.ZodType<Content>,
): ProcessNotes<Content> {
  const identity = readOwnIdentity()
  const host = hostname()
  const own = `${host.replaceAll(/[^\w.-]/g, '-')}-${renderProcessIdentity(identity)}`
  const locate = (name: string) => join(folder, `${kind}-${name}.json`)
  const path = locate(own)

  async function readAll(): Promise<(readonly [name: string, note: ProcessNote<Content>])[]> {
    const files = await orWhenMissing(readdir(folder), [])
    const names = files.flatMap((file) =>
      file.startsWith(`${kind}-`) && file.endsWith('.json') ? [file.slice(kind.length + 1, -'.json'.length)] : [],
    )
    const notes = await Promise.all(
      names.map(async (name) => {
        const text = await orWhenMissing(readFile(locate(name), 'utf8'), '')
        const written = parse(text, schema)
        const { mtimeMs } = await orWhenMissing(stat(locate(name)), { mtimeMs: 0 })
        return written === undefined ? [] : [[name, { ...written, ageMs: Date.now() - mtimeMs }] as const]
      }),
    )
    return notes.flat()
  }

  return {
    own,
    path,
    async write(content) {
      const temporary = `${path}.tmp`
      const write = () => writeFile(temporary, JSON.stringify({ identity, host, ...content }))
      await write().catch(async () => {
        await mkdir(folder, { recursive: true })
        await write()
      })
      await rename(temporary, path)
    },
    remove: () => rm(path, { force: true }),
    async read() {
      const { true: ended = [], false: living = [] } = Object.groupBy(
        await readAll(),
        ([, note]) => `${hasEnded(note)}`,
      )
      // Whoever may only read the folder leaves them there.
      await Promise.all(ended.map(([name]) => rm(locate(name), { force: true }).catch(() => undefined)))
      return new Map(living)
    },
  }
}

const writerSchema = z.object({ identity: processIdentitySchema, host: z.string() })

/** @returns undefined for what another version wrote, or what a full disk left of it */
function parse<Content>(text: string, schema: z.ZodType<Content>) {
  try {
    const value: unknown = JSON.parse(text)
    return { ...writerSchema.parse(value), content: schema.parse(value) }
  } catch {
    return undefined
  }
}

function hasEnded({ identity, host }: Pick<ProcessNote<unknown>, 'identity' | 'host'>): boolean {
  return host === hostname() && !isAlive(identity)
}
