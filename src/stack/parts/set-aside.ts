import { existsSync, renameSync } from 'node:fs'
import { messageOf } from '../../domain/message-of.ts'
import { StackFailed } from '../stack-failed.ts'

/** What SQLite keeps beside a database, which is of no use to another one. */
const companions = ['', '-wal', '-shm', '-journal']

const marker = '.damaged-'

/**
 * Renames a database that cannot be used, and what belongs to it, so that another one takes its place and a person can look at it.
 *
 * @returns what it is called now
 * @throws {StackFailed} when that is not allowed
 */
export function setAside(path: string, now = new Date()): string {
  const kept = `${path}${marker}${now.toISOString().replaceAll(/[:.]/g, '-')}`
  try {
    for (const companion of companions) {
      if (existsSync(`${path}${companion}`)) renameSync(`${path}${companion}`, `${kept}${companion}`)
    }
  } catch (error) {
    throw new StackFailed(
      `The database ${path} is damaged and cannot be renamed: ${messageOf(error)}`,
      `move it away by hand, then npx arcloom up: open runs go on from their records`,
    )
  }
  return kept
}

/** Whether a file of this name was set aside. */
export function isSetAside(name: string): boolean {
  return name.includes(marker) && !/-(wal|shm|journal)$/.test(name)
}
