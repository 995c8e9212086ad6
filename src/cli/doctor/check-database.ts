import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { hasCode } from '../../adapters/files/error-code.ts'
import { orWhenMissing } from '../../adapters/files/or-when-missing.ts'
import type { Config } from '../../config.ts'
import { findDatabaseFault } from '../../stack/parts/find-database-fault.ts'
import { isSetAside } from '../../stack/parts/set-aside.ts'
import { noted, passed, type Check } from './check.ts'

/** The embedded server's databases in the data folder. */
export interface DatabaseProbe {
  /** Their paths, one per version of the server. */
  readonly databases: readonly { readonly path: string; readonly fault: string | undefined }[]
  /** Paths of damaged databases, which were renamed. */
  readonly setAside: readonly string[]
}

export async function probeDatabase({ stateDir }: Pick<Config, 'stateDir'>): Promise<DatabaseProbe> {
  const names = await orWhenMissing(readdir(stateDir), []).catch((error: unknown) => {
    // If the data folder is a file, another check reports it.
    if (hasCode(error, 'ENOTDIR')) return []
    throw error
  })
  const paths = names.filter((name) => /^temporal-[\w.-]+\.db$/.test(name)).map((name) => join(stateDir, name))
  return {
    databases: paths.map((path) => ({ path, fault: findDatabaseFault(path) })),
    setAside: names.filter(isSetAside).map((name) => join(stateDir, name)),
  }
}

/** An external server has its own database. */
export function judgeDatabase({ databases, setAside }: DatabaseProbe): Check {
  const check = {
    name: 'temporal database',
    needed: 'usable by the embedded server; nothing is lost without it, since the store has everything',
  }
  const damaged = databases.filter(({ fault }) => fault !== undefined)
  if (damaged.length > 0) {
    const damage = damaged.map(({ path, fault }) => `${path} is damaged: ${fault}`).join('; ')
    return noted({
      ...check,
      found: damage,
      mend: 'npx arcloom down && npx arcloom up   # moves it aside; open runs are restarted',
    })
  }
  if (setAside.length > 0) {
    const state = `intact; damaged ones were moved aside: ${setAside.join(', ')}`
    return noted({
      ...check,
      found: state,
      mend: `rm -r ${setAside.map((path) => `'${path}'*`).join(' ')}   # once nobody needs them`,
    })
  }
  return passed({ ...check, found: databases.length === 0 ? 'none yet; the first `up` creates it' : 'intact' })
}
