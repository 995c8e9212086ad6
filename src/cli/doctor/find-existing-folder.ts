import { existsSync } from 'node:fs'
import { dirname } from 'node:path'

/** The folder itself, or what it will be made in. */
export function findExistingFolder(folder: string): string {
  return existsSync(folder) || dirname(folder) === folder ? folder : findExistingFolder(dirname(folder))
}
