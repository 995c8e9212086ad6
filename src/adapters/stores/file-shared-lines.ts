import { mkdir, open, type FileHandle } from 'node:fs/promises'
import { dirname } from 'node:path'
import { withLock } from '../files/file-lock.ts'
import { readLines } from '../files/read-lines.ts'
import type { SharedLines } from './blobs.ts'

/** How far this process has read a file, so that a large one is read once and then only its new lines. */
interface ReadPart {
  readonly inode: bigint
  bytes: number
}

/** Another process may append for a long time on a slow disk; the lock of a process that died is free at once. */
const lockWaitMs = 5 * 60_000

/** Shared lines in a file, with a lock beside it. */
export function createFileSharedLines(path: string): SharedLines {
  let part: ReadPart | undefined
  return {
    async append({ forget, read, write }) {
      await mkdir(dirname(path), { recursive: true })
      const append = async () => {
        const file = await open(path, 'a+')
        try {
          const { ino, size } = await file.stat({ bigint: true })
          // A file that was replaced or truncated meanwhile is read from its start.
          if (part === undefined || part.inode !== ino || BigInt(part.bytes) > size) {
            part = { inode: ino, bytes: 0 }
            forget()
          }
          if (BigInt(part.bytes) !== size) await readOn(path, file, part, read)
          for await (const line of write()) part.bytes += await appendLine(file, line)
          await file.sync()
        } finally {
          await file.close()
        }
      }
      await withLock(`${path}.lock`, append, { waitMs: lockWaitMs })
    },
  }
}

async function readOn(path: string, file: FileHandle, part: ReadPart, read: (line: string) => void): Promise<void> {
  for await (const { text, bytes, ended } of readLines(path, part.bytes)) {
    if (!ended && !isWhole(text)) {
      await file.truncate(part.bytes)
      return
    }
    if (!ended) await file.appendFile('\n')
    read(text)
    part.bytes += ended ? bytes : bytes + 1
  }
}

/** Writes a whole line or, if the disk is full, none. @returns its length in bytes */
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

function isWhole(line: string): boolean {
  try {
    JSON.parse(line)
    return true
  } catch {
    return false
  }
}
