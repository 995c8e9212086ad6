import { randomBytes } from 'node:crypto'
import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { isAlive, readOwnIdentity, renderProcessIdentity } from '../../adapters/process-identity.ts'
import { readIdentity, writeStackFile, type StackFiles } from './stack-files.ts'

/** Declares that this process needs the stack. Ends with `release`, or when the process ends, for whatever reason. */
export interface Lease {
  readonly name: string
  readonly takenAt: number
  readonly release: () => void
}

export function takeLease(files: StackFiles): Lease {
  const identity = readOwnIdentity()
  // One process may hold two leases at the same time.
  const name = `${renderProcessIdentity(identity)}-${randomBytes(4).toString('hex')}.json`
  const path = join(files.leases, name)
  const takenAt = Date.now()
  writeStackFile(path, { identity, taken_at: new Date(takenAt).toISOString() })
  return { name, takenAt, release: () => rmSync(path, { force: true }) }
}

/** The names of the valid leases; removes those of dead processes. */
export function listLivingLeases(files: StackFiles): string[] {
  return listNames(files.leases).filter((name) => {
    const path = join(files.leases, name)
    const identity = readIdentity(path)
    if (identity && isAlive(identity)) return true
    rmSync(path, { force: true })
    return false
  })
}

function listNames(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => name.endsWith('.json'))
  } catch {
    return []
  }
}
