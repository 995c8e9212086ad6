import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { orWhenMissing } from './or-when-missing.ts'
import { isAbandoned } from './write-file-atomically.ts'

/**
 * Takes away what processes that were killed left half made in a folder, and nothing that a living one is making.
 *
 * @param name only what was to become this
 */
export async function sweepAbandoned(folder: string, name?: string): Promise<void> {
  const found = await orWhenMissing(readdir(folder), [])
  const left = found.filter((each) => (name === undefined || each.startsWith(`${name}.`)) && isAbandoned(each))
  await Promise.all(left.map((each) => rm(join(folder, each), { recursive: true, force: true })))
}
