import { statfs } from 'node:fs/promises'
import type { Config } from '../../config.ts'
import { missing, noted, passed, type Check } from './check.ts'
import { findExistingFolder } from './find-existing-folder.ts'

const megabyte = 1_000_000
/** A run of 400 tasks with 4 samples takes a few hundred megabytes, histories included. */
const comfortableBytes = 1_000 * megabyte
const minFreeBytes = 100 * megabyte

/** @returns the bytes this user may still write on the data folder's disk. */
export async function probeDisk({ dataDir }: Pick<Config, 'dataDir'>): Promise<number> {
  const { bavail, bsize } = await statfs(findExistingFolder(dataDir))
  return bavail * bsize
}

export function judgeDisk(freeBytes: number): Check {
  const check = {
    name: 'disk',
    needed: '100 MB free for the data folder, preferably 1 GB',
    found: `${render(freeBytes)} free`,
  }
  const mend = 'export ARCLOOM_DATA_DIR=/a/folder/with/room'
  if (freeBytes < minFreeBytes) return missing({ ...check, mend })
  return freeBytes < comfortableBytes ? noted({ ...check, mend }) : passed(check)
}

function render(bytes: number): string {
  return bytes < comfortableBytes
    ? `${Math.floor(bytes / megabyte)} MB`
    : `${(bytes / comfortableBytes).toLocaleString('en', { maximumFractionDigits: 1 })} GB`
}
