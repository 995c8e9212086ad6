import { existsSync } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { hasCode } from '../../adapters/files/error-code.ts'
import type { Config } from '../../config.ts'
import { messageOf } from '../../domain/message-of.ts'
import { locateRuns } from '../../runs/open-run-store.ts'
import { missing, passed, type Check } from './check.ts'
import { findExistingFolder } from './find-existing-folder.ts'

export interface DataFolderProbe {
  readonly dataDir: string
  readonly exists: boolean
  /** The first folder that cannot be written to, with the error. */
  readonly refused: { readonly folder: string; readonly error: unknown } | undefined
}

/**
 * Really writes: permissions say little about disks that are full, read-only or mapped to other users. The folders inside are
 * tried too, because a run as root leaves them owned by root.
 */
export async function probeDataFolder({
  dataDir,
  stateDir,
}: Pick<Config, 'dataDir' | 'stateDir'>): Promise<DataFolderProbe> {
  const exists = existsSync(dataDir)
  const inside = [stateDir, locateRuns({ dataDir })].filter((folder) => existsSync(folder))
  for (const folder of [findExistingFolder(dataDir), ...inside]) {
    const error = await tryWriting(folder)
    if (error !== undefined) return { dataDir, exists, refused: { folder, error } }
  }
  return { dataDir, exists, refused: undefined }
}

async function tryWriting(folder: string): Promise<unknown> {
  const path = join(folder, `.arcloom-doctor-${process.pid}`)
  try {
    // A full disk may still have room for an empty file.
    await writeFile(path, Buffer.alloc(4_096), { flag: 'wx', flush: true })
    return undefined
  } catch (error) {
    return error
  } finally {
    await rm(path, { force: true }).catch(() => undefined)
  }
}

export function judgeDataFolder({ dataDir, exists, refused }: DataFolderProbe): Check {
  const check = { name: 'data folder', needed: 'a writable folder' }
  if (!refused) {
    return passed({ ...check, found: exists ? `${dataDir} is writable` : `${dataDir} can be created` })
  }
  const { folder, error } = refused
  const reason = messageOf(error)
  const belongsToAnother = exists && hasCode(error, 'EACCES', 'EPERM')
  return missing({
    ...check,
    found: `${folder} is not writable (${reason})`,
    mend: belongsToAnother ? `sudo chown -R "$(id -un)" '${dataDir}'` : 'export ARCLOOM_DATA_DIR=/a/folder/of/yours',
  })
}
