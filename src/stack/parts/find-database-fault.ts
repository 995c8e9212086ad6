import { accessSync, constants, statSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { isMissing } from '../../adapters/files/error-code.ts'
import { messageOf } from '../../domain/message-of.ts'

/** SQLITE_CORRUPT and SQLITE_NOTADB. Other errors (busy, full, cannot open) are not faults of the file. */
const damageCodes = [11, 26]

/** Reading every page of a larger one would delay each start by seconds. */
const maxCheckedBytes = 256 * 1024 * 1024

/**
 * Why Temporal's server cannot use its database, in words; undefined if it can, or may create one. An empty file is a fault too:
 * the server would assume that its tables exist.
 */
export function findDatabaseFault(path: string): string | undefined {
  try {
    const stats = statSync(path)
    if (!stats.isFile()) return 'a folder has its name'
    if (stats.size === 0) return 'it is empty'
    accessSync(path, constants.R_OK | constants.W_OK)
    return askSqlite(path, stats.size <= maxCheckedBytes)
  } catch (error) {
    if (isMissing(error)) return undefined
    return `it is not readable and writable: ${messageOf(error)}`
  }
}

function askSqlite(path: string, checksPages: boolean): string | undefined {
  let database: DatabaseSync | undefined
  try {
    database = new DatabaseSync(path)
    const namespaces = database.prepare("SELECT name FROM sqlite_master WHERE name = 'namespaces'").get()
    if (namespaces === undefined) return 'its tables are missing'
    if (!checksPages) return undefined
    const [verdict] = Object.values(database.prepare('PRAGMA quick_check(1)').get() ?? {})
    return verdict === 'ok' ? undefined : `SQLite says: ${String(verdict).replaceAll(/\s+/g, ' ')}`
  } catch (error) {
    const code = typeof error === 'object' && error !== null ? Number(Reflect.get(error, 'errcode')) : NaN
    return damageCodes.includes(code & 0xff)
      ? `SQLite says: ${String(Reflect.get(Object(error), 'message'))}`
      : undefined
  } finally {
    database?.close()
  }
}

/** Whether the last output of a server that was never ready means that its database is unusable. */
export function blamesDatabase(lastWords: string): boolean {
  return /file is not a database|disk image is malformed|no such table|no such column/.test(lastWords)
}
