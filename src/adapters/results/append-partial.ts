import { mkdir, open, type FileHandle } from 'node:fs/promises'
import { dirname } from 'node:path'
import { withLock } from '../files/file-lock.ts'
import { readLines, type Line } from '../files/read-lines.ts'
import type { WrittenEntry } from './results-files.ts'

/** What a partial file is known to hold up to an offset, so that a large file is read once and then only what was added. */
interface KnownPart {
  readonly inode: bigint
  bytes: number
  /** By run, and then by item key, when the newest entry was recorded. */
  readonly held: Map<string, Map<string, string>>
}

/** Another run's checkpoint may take long on a slow disk; a lock that is held by nobody alive frees itself. */
const lockWaitMs = 5 * 60_000

/**
 * Appends entries to files that many runs and workers share: what is there is never written twice, and a line that a
 * crash left torn is taken away before the next is written. Its entry is still in the store, and is appended again by
 * its own run.
 */
export function createPartialAppender() {
  const known = new Map<string, KnownPart>()
  return async function appendPartial(
    path: string,
    runId: string,
    items: readonly string[],
    readEntry: (item: string) => Promise<WrittenEntry>,
    recordedAt: ReadonlyMap<string, string> = new Map(),
  ): Promise<void> {
    await mkdir(dirname(path), { recursive: true })
    const append = async () => {
      const file = await open(path, 'a+')
      try {
        const part = await readOn(path, file, known.get(path))
        known.set(path, part)
        const held = part.held.get(runId) ?? new Map<string, string>()
        part.held.set(runId, held)
        const isLacking = (item: string) => !held.has(item) || (recordedAt.get(item) ?? '') > (held.get(item) ?? '')
        for (const item of items.filter(isLacking)) {
          const entry = await readEntry(item)
          part.bytes += await appendLine(file, JSON.stringify(entry))
          held.set(item, entry.timestamp)
        }
        await file.sync()
      } finally {
        await file.close()
      }
    }
    await withLock(`${path}.lock`, append, { waitMs: lockWaitMs })
  }
}

/** Writes a whole line or, when the disk is full, none. @returns its length in bytes */
async function appendLine(file: FileHandle, line: string): Promise<number> {
  const { size } = await file.stat()
  try {
    await file.appendFile(`${line}\n`)
  } catch (error) {
    await file.truncate(size)
    throw error
  }
  return Buffer.byteLength(line) + 1
}

/** Reads what was added since, and mends the end. A file that was replaced or cut meanwhile is read from its start. */
async function readOn(path: string, file: FileHandle, before: KnownPart | undefined): Promise<KnownPart> {
  const { ino, size } = await file.stat({ bigint: true })
  const usable = before !== undefined && before.inode === ino && BigInt(before.bytes) <= size
  const part: KnownPart = usable ? before : { inode: ino, bytes: 0, held: new Map() }
  if (BigInt(part.bytes) === size) return part
  for await (const line of readLines(path, part.bytes)) {
    if (!line.ended) {
      await mendEnd(file, part, line)
    } else {
      noteLine(part, line.text)
      part.bytes += line.bytes
    }
  }
  return part
}

async function mendEnd(file: FileHandle, part: KnownPart, { text, bytes }: Line): Promise<void> {
  if (isWhole(text)) {
    await file.appendFile('\n')
    noteLine(part, text)
    part.bytes += bytes + 1
  } else {
    await file.truncate(part.bytes)
  }
}

function noteLine(part: KnownPart, line: string): void {
  const entry = parseEntry(line)
  if (entry === undefined) return
  const held = part.held.get(entry.run_id) ?? new Map<string, string>()
  const before = held.get(entry.item) ?? ''
  part.held.set(entry.run_id, held.set(entry.item, entry.timestamp > before ? entry.timestamp : before))
}

/** A line of another program's, or a torn one, is no entry of ours. */
function parseEntry(line: string): WrittenEntry | undefined {
  try {
    const value: unknown = JSON.parse(line)
    if (typeof value !== 'object' || value === null) return undefined
    const { run_id, item, timestamp = '' } = value as Record<string, unknown>
    if (typeof run_id !== 'string' || typeof item !== 'string' || typeof timestamp !== 'string') return undefined
    return { run_id, item, timestamp }
  } catch {
    return undefined
  }
}

function isWhole(line: string): boolean {
  try {
    JSON.parse(line)
    return true
  } catch {
    return false
  }
}
