import { join } from 'node:path'
import { openProcessNotes } from '../../../process-notes.ts'
import { gateNoteSchema, noteExpiresMs, type GateNote } from './gate-note.ts'

/** The notes of all processes of a data folder about their gates. */
export interface NoteFiles {
  /** This process, among those that write notes. */
  readonly own: string
  /** The notes of the other processes, by their names; not of those that have ended or hang. */
  readOthers(): Promise<ReadonlyMap<string, GateNote>>
  /** Undefined removes this process's note. */
  write(note: Omit<GateNote, 'beat'> | undefined): Promise<void>
}

export function locateGateNotes({ stateDir }: { readonly stateDir: string }): string {
  return join(stateDir, 'gates')
}

const open = (folder: string) => openProcessNotes(folder, 'gate', gateNoteSchema)

export function openNoteFiles(folder: string): NoteFiles {
  const notes = open(folder)
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
    own: notes.own,
    async readOthers() {
      const others = new Map<string, GateNote>()
      for (const [name, { content }] of await notes.read()) {
        if (name !== notes.own && isBeating(name, content)) others.set(name, content)
      }
      return others
    },
    async write(note) {
      if (note === undefined) return notes.remove()
      beat += 1
      await notes.write({ ...note, beat })
    },
  }
}

/** The notes of processes that live, for a reader that looks once. */
export async function readLivingNotes(folder: string): Promise<GateNote[]> {
  const notes = await open(folder).read()
  return [...notes.values()].flatMap(({ content, ageMs }) => (ageMs < noteExpiresMs ? [content] : []))
}
