import { statfsSync } from 'node:fs'

/** Room for the answers in flight, and for what the server, the logs and the ledger write meanwhile. */
const minFreeBytes = 8 * 1024 * 1024

/**
 * Why no request may be sent whose answer would be stored in this folder: its disk is full, or nearly. This asks the disk itself,
 * so every process sees it at once, even while none of them can write it down.
 *
 * @returns undefined when there is room, or when the free space cannot be read
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
