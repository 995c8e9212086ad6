import { mkdir, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { hasCode } from './error-code.ts'
import { nameTemporary, syncFolder } from './write-file-atomically.ts'

/**
 * Makes a folder appear under its name once it is complete, and never over anything: the rename fails if a file or a non-empty
 * folder has the name. Creates the parent folder if it is missing.
 *
 * @param fill writes files into the folder it is given, each on the disk when it returns
 * @returns false when the name is taken
 */
export async function makeNewFolder(path: string, fill: (temporary: string) => Promise<void>): Promise<boolean> {
  const whole = nameTemporary(path)
  await mkdir(whole, { recursive: true })
  try {
    await fill(whole)
    await syncFolder(whole)
    if (!(await renameWhereFree(whole, path))) return false
    await syncFolder(dirname(path))
    return true
  } finally {
    await rm(whole, { recursive: true, force: true })
  }
}

async function renameWhereFree(from: string, to: string): Promise<boolean> {
  try {
    await rename(from, to)
    return true
  } catch (error) {
    if (hasCode(error, 'EEXIST', 'ENOTEMPTY', 'ENOTDIR')) return false
    throw error
  }
}
