import { statfsSync } from 'node:fs'

/** Room for the answers that are in flight, and for what the server, the logs and the ledger write meanwhile. */
const minFreeBytes = 8 * 1024 * 1024

/**
 * Why nothing may be paid for that would have to be stored in this folder: its disk is full, or nearly. Asked of the disk itself,
 * so that everybody sees it at once, also while nobody can write it down.
 *
 * @returns undefined when there is room, or when the folder does not tell
 */
export function findLackOfRoom(folder: string): string | undefined {
  const freeBytes = readFreeBytes(folder)
  if (freeBytes === undefined || freeBytes >= minFreeBytes) return undefined
  return `the disk is full (${render(freeBytes)} MB free at ${folder}, ${render(minFreeBytes)} MB needed): requests wait until there is room`
}

function readFreeBytes(folder: string): number | undefined {
  try {
    const { bavail, bsize } = statfsSync(folder)
    return bavail * bsize
  } catch {
    return undefined
  }
}

function render(bytes: number): string {
  return (bytes / 1024 / 1024).toFixed(1)
}
