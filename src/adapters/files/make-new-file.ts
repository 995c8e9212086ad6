import { link, mkdir, open, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { hasCode } from './error-code.ts'
import { nameTemporary, syncFolder } from './write-file-atomically.ts'

/**
 * Makes a file appear under its name once it is complete and on the disk, and never over anything: unlike a rename, a hard link
 * fails if the name is taken. Creates the folder if it is missing.
 *
 * @param fill writes the whole content to the path it is given
 * @returns false when the name is taken
 */
export async function makeNewFile(path: string, fill: (temporary: string) => Promise<void>): Promise<boolean> {
  await mkdir(dirname(path), { recursive: true })
  const whole = nameTemporary(path)
  try {
    await fill(whole)
    await syncFile(whole)
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

async function syncFile(path: string): Promise<void> {
  const file = await open(path, 'r+')
  try {
    await file.sync()
  } finally {
    await file.close()
  }
}
