import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { orWhenMissing } from './or-when-missing.ts'
import { isAbandoned } from './write-file-atomically.ts'

/**
 * Removes half-written files that killed processes left in a folder, and none that a living process is writing.
 *
 * @param name removes only temporary files of this name
 */
export async function sweepAbandoned(folder: string, name?: string): Promise<void> {
  const names = await orWhenMissing(readdir(folder), [])
  const abandoned = names.filter((each) => (name === undefined || each.startsWith(`${name}.`)) && isAbandoned(each))
  await Promise.all(abandoned.map((each) => rm(join(folder, each), { recursive: true, force: true })))
}
