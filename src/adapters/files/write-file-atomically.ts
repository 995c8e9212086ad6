import { randomUUID } from 'node:crypto'
import { mkdir, open, rename, rm, type FileHandle } from 'node:fs/promises'
import { dirname } from 'node:path'
import { isAlive, readOwnIdentity, renderProcessIdentity } from '../process-identity.ts'
import { isMissing } from './error-code.ts'

/** A file that is being made beside its place, under a name that ends in this. */
export const temporarySuffix = '.tmp'

/** A place on the disk that is known to have room. Ends by `write` or `discard`; a `discard` after the end does nothing. */
export interface ReservedFile {
  /** Puts the text there, whole or not at all, and on the disk before it returns. */
  write(text: string): Promise<void>
  discard(): Promise<void>
}

/**
 * Makes a file appear whole or not at all: a temporary file in the same folder, fsync, rename, fsync of the folder.
 * The folder is made when it is missing. What stood under the name before is replaced.
 */
export async function writeFileAtomically(path: string, text: string): Promise<void> {
  const file = await reserveFile(path, 0)
  await file.write(text)
}

/**
 * Takes up room for a file before what it will hold is known, so that a full disk is found out now.
 *
 * @param bytes how much to take up; what is written may be longer or shorter.
 */
export async function reserveFile(path: string, bytes: number): Promise<ReservedFile> {
  const temporary = nameTemporary(path)
  const handle = await openMakingFolder(temporary)
  let ended = false
  const discard = async () => {
    if (ended) return
    ended = true
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
      ended = true
      await handle.close()
      await rename(temporary, path).catch((error: unknown) => {
        // Somebody took it for a dead writer's. What is to be written is still here.
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
  // One write call may take less than it is given.
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

/** Without this a rename may be undone by a loss of power, though the file's content is safe. */
export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

/** Says whose it is, so that what a dead process left can be told from what a living one is about to fill. */
export function nameTemporary(path: string): string {
  return `${path}.${renderProcessIdentity(readOwnIdentity())}.${randomUUID()}${temporarySuffix}`
}

/** Whether a file is a temporary one of a process that is no more. Those of other hosts look dead, and are written again. */
export function isAbandoned(name: string): boolean {
  const [, pid = '', startTime = ''] = /\.(\d+)-(\w+)\.[0-9a-f-]{36}\.tmp$/.exec(name) ?? []
  return pid !== '' && !isAlive({ pid: Number(pid), startTime })
}
