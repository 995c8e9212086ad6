import { randomUUID } from 'node:crypto'
import { mkdir, open, rename, rm, type FileHandle } from 'node:fs/promises'
import { dirname } from 'node:path'
import { isAlive, readOwnIdentity, renderProcessIdentity } from '../process-identity.ts'
import { isMissing } from './error-code.ts'

/** Suffix of a file that is being written under a temporary name beside its final place. */
export const temporarySuffix = '.tmp'

/** A file that is known to have room on the disk. Finish it with `write` or `discard`; a `discard` after that does nothing. */
export interface ReservedFile {
  /** Writes the text whole or not at all; it is on the disk before this returns. */
  write(text: string): Promise<void>
  discard(): Promise<void>
}

/**
 * Makes a file appear whole or not at all: a temporary file in the same folder, fsync, rename, fsync of the folder. Creates the
 * folder if it is missing. Replaces an existing file.
 */
export async function writeFileAtomically(path: string, text: string): Promise<void> {
  const file = await reserveFile(path, 0)
  await file.write(text)
}

/**
 * Takes up room for a file before its content is known, so that a full disk shows now.
 *
 * @param bytes how much to take up; the text may turn out longer or shorter.
 */
export async function reserveFile(path: string, bytes: number): Promise<ReservedFile> {
  const temporary = nameTemporary(path)
  const handle = await openMakingFolder(temporary)
  let isClosed = false
  const discard = async () => {
    if (isClosed) return
    isClosed = true
    await handle.close()
    await rm(temporary, { force: true })
  }
  const orDiscard = async (work: Promise<unknown>) => {
    try {
      await work
    } catch (error) {
      await discard()
      throw error
    }
  }
  if (bytes > 0) await orDiscard(handle.write(Buffer.alloc(bytes), 0, bytes, 0))
  return {
    async write(text) {
      await orDiscard(fill(handle, text))
      isClosed = true
      await handle.close()
      await rename(temporary, path).catch((error: unknown) => {
        // Another process took it for a dead writer's file and removed it. The text is still here.
        if (isMissing(error)) return writeFileAtomically(path, text)
        throw error
      })
      await syncFolder(dirname(path))
    },
    discard,
  }
}

async function fill(handle: FileHandle, text: string): Promise<void> {
  const bytes = Buffer.from(text)
  // One write call may write fewer bytes than it is given.
  for (let at = 0; at < bytes.length;) at += (await handle.write(bytes, at, bytes.length - at, at)).bytesWritten
  await handle.truncate(bytes.length)
  await handle.sync()
}

async function openMakingFolder(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'wx')
  } catch (error) {
    if (!isMissing(error)) throw error
    await mkdir(dirname(path), { recursive: true })
    return open(path, 'wx')
  }
}

/** Without this a power loss may undo a rename, although the file's content is safe. */
export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

/** The name identifies its process, so that files left by dead processes can be told from those that living ones are writing. */
export function nameTemporary(path: string): string {
  return `${path}.${renderProcessIdentity(readOwnIdentity())}.${randomUUID()}${temporarySuffix}`
}

/**
 * Whether a file is a temporary one of a process that no longer runs. Those of other hosts look dead; their writers write them
 * again.
 */
export function isAbandoned(name: string): boolean {
  const [, pid = '', startTime = ''] = /\.(\d+)-(\w+)\.[0-9a-f-]{36}\.tmp$/.exec(name) ?? []
  return pid !== '' && !isAlive({ pid: Number(pid), startTime })
}
