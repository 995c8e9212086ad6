import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { orWhenMissing } from '../../files/or-when-missing.ts'
import { isAlive, readOwnIdentity, renderProcessIdentity } from '../../process-identity.ts'
import { gateNoteSchema, noteExpiresMs, type GateNote } from './gate-note.ts'

/** The notes of all processes of a data folder about their gates. */
export interface NoteFiles {
  /** This process, among those that write notes. */
  readonly own: string
  /** The notes of the other processes, by their names; not of those that have ended or hang. */
  readOthers(): Promise<ReadonlyMap<string, GateNote>>
  /** Undefined removes this process's note. */
  write(note: Omit<GateNote, 'identity' | 'host' | 'beat'> | undefined): Promise<void>
}

const notePattern = /^gate-(.+)\.json$/

export function locateGateNotes({ stateDir }: { readonly stateDir: string }): string {
  return join(stateDir, 'gates')
}

export function openNoteFiles(folder: string): NoteFiles {
  const identity = readOwnIdentity()
  const host = hostname()
  const own = `${host.replaceAll(/[^\w.-]/g, '-')}-${renderProcessIdentity(identity)}`
  const path = join(folder, `gate-${own}.json`)
  const lastBeats = new Map<string, { readonly beat: number; readonly seenMs: number }>()
  let beat = 0

  /** By this process's own clock: those of other machines may differ. */
  function isBeating(name: string, note: GateNote): boolean {
    const last = lastBeats.get(name)
    const nowMs = performance.now()
    if (last === undefined || last.beat !== note.beat) lastBeats.set(name, { beat: note.beat, seenMs: nowMs })
    return nowMs - (lastBeats.get(name)?.seenMs ?? 0) < noteExpiresMs
  }

  return {
    own,
    async readOthers() {
      const others = new Map<string, GateNote>()
      for (const [name, note] of await readNotes(folder)) {
        if (name === own) continue
        if (hasEnded(note)) await rm(join(folder, `gate-${name}.json`), { force: true })
        else if (isBeating(name, note)) others.set(name, note)
      }
      return others
    },
    async write(note) {
      if (note === undefined) return rm(path, { force: true })
      beat += 1
      const temporary = `${path}.tmp`
      const write = () => writeFile(temporary, JSON.stringify({ identity, host, beat, ...note } satisfies GateNote))
      // Not synced to disk: after a power failure none of it is true any more.
      await write().catch(async () => {
        await mkdir(folder, { recursive: true })
        await write()
      })
      await rename(temporary, path)
    },
  }
}

/** The notes of processes that live, for a reader that looks once. */
export async function readLivingNotes(folder: string): Promise<GateNote[]> {
  const notes = await readNotes(folder)
  const ages = await Promise.all(
    notes.map(async ([name, note]) => {
      const { mtimeMs } = await orWhenMissing(stat(join(folder, `gate-${name}.json`)), { mtimeMs: 0 })
      return { note, ageMs: Date.now() - mtimeMs }
    }),
  )
  return ages.flatMap(({ note, ageMs }) => (ageMs < noteExpiresMs && !hasEnded(note) ? [note] : []))
}

function hasEnded({ identity, host }: GateNote): boolean {
  return host === hostname() && !isAlive(identity)
}

async function readNotes(folder: string): Promise<[name: string, note: GateNote][]> {
  const names = await orWhenMissing(readdir(folder), [])
  const notes = await Promise.all(
    names.map(async (file) => {
      const name = notePattern.exec(file)?.[1]
      const text = name === undefined ? undefined : await orWhenMissing(readFile(join(folder, file), 'utf8'), undefined)
      const note = text === undefined ? undefined : parseNote(text)
      return name === undefined || note === undefined ? [] : [[name, note] as [string, GateNote]]
    }),
  )
  return notes.flat()
}

/** @returns undefined for what another version wrote, or what a full disk left of it */
function parseNote(text: string): GateNote | undefined {
  try {
    return gateNoteSchema.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}
