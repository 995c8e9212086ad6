import { readdir, readFile } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import type { Files } from './hash-git-tree.ts'

/** Reads the wanted files below a folder into memory. Links are not followed. */
export async function readFolder(folder: string, isWanted: (path: string) => boolean): Promise<Files> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter(isWanted)
  const files = new Map<string, Uint8Array>()
  for (const path of paths) files.set(path, await readFile(join(folder, path)))
  return files
}
