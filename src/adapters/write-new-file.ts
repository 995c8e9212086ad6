import { link, mkdir, open, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { hasCode } from './error-code.ts'
import { nameTemporary, syncFolder } from './write-file-atomically.ts'

/**
 * Writes a file piece by piece, so that a large one is never held whole; it appears under its name when it is whole and on the
 * disk, and never over anything: unlike a rename, a hard link fails where the name is taken.
 *
 * @returns false when it is
 */
export async function writeNewFile(path: string, pieces: Iterable<string> | AsyncIterable<string>): Promise<boolean> {
  await mkdir(dirname(path), { recursive: true })
  const whole = nameTemporary(path)
  try {
    await writePieces(whole, pieces)
    await link(whole, path)
    await syncFolder(dirname(path))
    return true
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false
    throw error
  } finally {
    await rm(whole, { force: true })
  }
}

async function writePieces(path: string, pieces: Iterable<string> | AsyncIterable<string>): Promise<void> {
  const file = await open(path, 'w')
  try {
    for await (const piece of pieces) await file.appendFile(piece)
    await file.sync()
  } finally {
    await file.close()
  }
}
