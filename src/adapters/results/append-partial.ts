import { createReadStream } from 'node:fs'
import { mkdir, open, type FileHandle } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { ResultsEntry } from '../../domain/results-entry.ts'
import { withLock } from '../file-lock.ts'

/** What a partial file is known to hold up to an offset, so that a large file is read once and then only what was added. */
interface KnownPart {
  readonly inode: bigint
  bytes: number
  /** Item keys by run. */
  readonly held: Map<string, Set<string>>
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
    readEntry: (item: string) => Promise<ResultsEntry>,
  ): Promise<void> {
    await mkdir(dirname(path), { recursive: true })
    const append = async () => {
      const file = await open(path, 'a+')
      try {
        const part = await readOn(path, file, known.get(path))
        known.set(path, part)
        const held = part.held.get(runId) ?? new Set()
        part.held.set(runId, held)
        for (const item of items.filter((item) => !held.has(item))) {
          part.bytes += await appendLine(file, JSON.stringify(await readEntry(item)))
          held.add(item)
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
  let torn: Buffer = Buffer.alloc(0)
  for await (const chunk of createReadStream(path, { start: part.bytes }) as AsyncIterable<Buffer>) {
    const bytes = Buffer.concat([torn, chunk])
    let start = 0
    for (let end = bytes.indexOf(newline); end >= 0; end = bytes.indexOf(newline, start)) {
      noteLine(part, bytes.toString('utf8', start, end))
      start = end + 1
    }
    part.bytes += start
    torn = bytes.subarray(start)
  }
  if (torn.length > 0) await mendEnd(file, part, torn)
  return part
}

/** The end of a line in bytes: as text, other characters would end one too, and a torn character has no length. */
const newline = 0x0a

async function mendEnd(file: FileHandle, part: KnownPart, torn: Buffer): Promise<void> {
  const line = torn.toString('utf8')
  if (isWhole(line)) {
    await file.appendFile('\n')
    noteLine(part, line)
    part.bytes += torn.length + 1
  } else {
    await file.truncate(part.bytes)
  }
}

function noteLine(part: KnownPart, line: string): void {
  const entry = parseEntry(line)
  if (entry === undefined) return
  const held = part.held.get(entry.run_id) ?? new Set()
  part.held.set(entry.run_id, held.add(entry.item))
}

/** A line of another program's, or a torn one, is no entry of ours. */
function parseEntry(line: string): Pick<ResultsEntry, 'run_id' | 'item'> | undefined {
  try {
    const value: unknown = JSON.parse(line)
    if (typeof value !== 'object' || value === null) return undefined
    const { run_id, item } = value as Record<string, unknown>
    return typeof run_id === 'string' && typeof item === 'string' ? { run_id, item } : undefined
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
