import { existsSync, renameSync } from 'node:fs'
import { messageOf } from '../../domain/message-of.ts'
import { StackFailed } from '../stack-failed.ts'

/** Files that SQLite keeps beside a database; useless to another database. */
const companions = ['', '-wal', '-shm', '-journal']

const marker = '.damaged-'

/**
 * Renames an unusable database and its companion files, so that a new one can take its place and a person can inspect it.
 *
 * @returns its new path
 * @throws {StackFailed} if that is not permitted
 */
export function setAside(path: string, now = new Date()): string {
  const target = `${path}${marker}${now.toISOString().replaceAll(/[:.]/g, '-')}`
  try {
    for (const companion of companions) {
      if (existsSync(`${path}${companion}`)) renameSync(`${path}${companion}`, `${target}${companion}`)
    }
  } catch (error) {
    throw new StackFailed(
      `The database ${path} is damaged and cannot be renamed: ${messageOf(error)}`,
      `move it away by hand, then run npx arcloom up: open runs continue from their records`,
    )
  }
  return target
}

/** Whether a file's name marks it as moved aside. */
export function isSetAside(name: string): boolean {
  return name.includes(marker) && !/-(wal|shm|journal)$/.test(name)
}
