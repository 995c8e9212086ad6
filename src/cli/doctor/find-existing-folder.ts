import { existsSync } from 'node:fs'
import { dirname } from 'node:path'

/** The folder itself, or the nearest existing folder above it. */
export function findExistingFolder(folder: string): string {
  return existsSync(folder) || dirname(folder) === folder ? folder : findExistingFolder(dirname(folder))
}
