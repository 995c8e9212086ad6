import { stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { orWhenMissing } from '../../adapters/files/or-when-missing.ts'
import { sweepAbandoned } from '../../adapters/files/sweep-abandoned.ts'
import { prepareDataDir, type Config } from '../../config.ts'
import { UsageError } from '../usage-error.ts'

/**
 * Where an export goes: where it was told to, or below the data folder. What exports that were killed left there is cleared
 * away: all of it in our own folder, in another only what was to become the same. That one may be shared with other hosts, and an
 * export that lives on one of these looks dead from here.
 *
 * @param name what it is called in our own folder
 * @throws {UsageError} where something is there already
 */
export async function chooseOutput(config: Config, name: string, told: string | undefined): Promise<string> {
  const folder = join(config.dataDir, 'exports')
  const output = told ?? join(folder, name)
  if ((await orWhenMissing(stat(output), undefined)) !== undefined) refuseToOverwrite(output)
  if (told === undefined) {
    prepareDataDir(config)
    await sweepAbandoned(folder)
  } else {
    await sweepAbandoned(dirname(output), basename(output))
  }
  return output
}

export function refuseToOverwrite(path: string): never {
  throw new UsageError(`${path} is there already, and nothing is written over. Name another: --output PATH.`)
}
