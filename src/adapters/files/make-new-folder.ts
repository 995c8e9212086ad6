import { mkdir, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { hasCode } from './error-code.ts'
import { nameTemporary, syncFolder } from './write-file-atomically.ts'

/**
 * Makes a folder appear under its name when all that is to be in it is there, and never over anything: a rename fails where a
 * file has the name, or a folder with something in it. The folder around it is made when it is missing.
 *
 * @param fill puts files, each on the disk when it returns, into the folder it is given
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
