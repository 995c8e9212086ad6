import { stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { orWhenMissing } from '../../adapters/files/or-when-missing.ts'
import { sweepAbandoned } from '../../adapters/files/sweep-abandoned.ts'
import { prepareDataDir, type Config } from '../../config.ts'
import { UsageError } from '../../domain/usage-error.ts'

/**
 * The path of an export: as given, or in the data folder. Removes what killed exports left there: everything in our own
 * folder; in another folder only files that were to become this one. That folder may be shared with other hosts, whose running
 * exports look dead from here.
 *
 * @param name of the file in our own folder
 * @throws {UsageError} if the path exists
 */
export async function chooseOutput(config: Config, name: string, path: string | undefined): Promise<string> {
  const folder = join(config.dataDir, 'exports')
  const output = path ?? join(folder, name)
  if ((await orWhenMissing(stat(output), undefined)) !== undefined) refuseToOverwrite(output)
  if (path === undefined) {
    prepareDataDir(config)
    await sweepAbandoned(folder)
  } else {
    await sweepAbandoned(dirname(output), basename(output))
  }
  return output
}

export function refuseToOverwrite(path: string): never {
  throw new UsageError(`${path} already exists and will not be overwritten. Give another path: --output PATH.`)
}
