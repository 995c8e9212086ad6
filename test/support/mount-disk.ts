import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * A small disk in memory.
 *
 * @param size as `mount` takes it: `4k`, `64m`
 * @returns undefined if none can be mounted: only root may
 */
export function mountDisk(size: string): string | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'arcloom-disk-'))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', folder], { stdio: 'ignore' })
    return folder
  } catch {
    rmdirSync(folder)
    return undefined
  }
}

export function unmountDisk(folder: string): void {
  execFileSync('umount', [folder])
  rmdirSync(folder)
}
