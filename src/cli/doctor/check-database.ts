import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { hasCode } from '../../adapters/files/error-code.ts'
import { orWhenMissing } from '../../adapters/files/or-when-missing.ts'
import type { Config } from '../../config.ts'
import { findDatabaseFault } from '../../stack/parts/find-database-fault.ts'
import { isSetAside } from '../../stack/parts/set-aside.ts'
import { noted, passed, type Check } from './check.ts'

/** What the embedded server keeps in the data folder. */
export interface DatabaseProbe {
  /** Paths of its databases, one for each version of the server. */
  readonly databases: readonly { readonly path: string; readonly fault: string | undefined }[]
  /** Paths of those that were damaged and renamed. */
  readonly setAside: readonly string[]
}

export async function probeDatabase({ stateDir }: Pick<Config, 'stateDir'>): Promise<DatabaseProbe> {
  const names = await orWhenMissing(readdir(stateDir), []).catch((error: unknown) => {
    // A data folder that is a file is a check of its own.
    if (hasCode(error, 'ENOTDIR')) return []
    throw error
  })
  const paths = names.filter((name) => /^temporal-[\w.-]+\.db$/.test(name)).map((name) => join(stateDir, name))
  return {
    databases: paths.map((path) => ({ path, fault: findDatabaseFault(path) })),
    setAside: names.filter(isSetAside).map((name) => join(stateDir, name)),
  }
}

/** A server that somebody else runs has its own. */
export function judgeDatabase({ databases, setAside }: DatabaseProbe): Check {
  const check = {
    name: 'temporal database',
    needed: 'that the embedded server can use it; the store has all that counts',
  }
  const damaged = databases.filter(({ fault }) => fault !== undefined)
  if (damaged.length > 0) {
    const found = damaged.map(({ path, fault }) => `${path} is damaged: ${fault}`).join('; ')
    return noted({
      ...check,
      found,
      mend: 'npx arcloom down && npx arcloom up   # sets it aside; open runs are started again',
    })
  }
  if (setAside.length > 0) {
    const found = `sound; damaged ones were set aside: ${setAside.join(', ')}`
    return noted({
      ...check,
      found,
      mend: `rm -r ${setAside.map((path) => `'${path}'*`).join(' ')}   # when nobody wants to look`,
    })
  }
  return passed({ ...check, found: databases.length === 0 ? 'none yet; the first `up` makes it' : 'sound' })
}
