import { closeSync, openSync, rmSync, statSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'

export interface Lock {
  /** Releases the lock for the next process and removes the lock file. */
  readonly release: () => void
}

export class LockHeld extends Error {
  override readonly name = 'LockHeld'
  readonly path: string

  constructor(path: string, waitedMs: number) {
    super(`${path} is still locked by another process after ${waitedMs} ms.`)
    this.path = path
  }
}

/**
 * An exclusive lock between processes (and within one) that the kernel releases when its holder dies, however it dies.
 *
 * Node has no flock, but it has SQLite: an exclusive transaction on an empty database is a POSIX record lock on the file, and
 * with the journal in memory nothing is ever written. So there is no stale state that would have to be judged by age or process
 * id.
 *
 * To leave no lock file behind, the holder unlinks it before releasing it. A process that had already opened the file then locks
 * a file that no other process can find. So after locking, check that the path still leads to the file that was there before
 * opening; otherwise try again. (SQLite does not expose its file descriptor; opening the path a second time and closing it would
 * drop the lock, as POSIX specifies. Hence `stat`, with the birth time, since inode numbers are reused at once.)
 *
 * The folder must exist. Does not work on network file systems without record locks.
 *
 * @returns undefined when the lock is held.
 */
export function tryLock(path: string): Lock | undefined {
  for (;;) {
    createWhenMissing(path)
    const before = identifyFile(path)
    if (!before) continue
    const database = lockDatabase(path)
    if (!database) return undefined
    if (before !== identifyFile(path)) {
      database.close()
      continue
    }
    return {
      release() {
        if (!database.isOpen) return
        rmSync(path, { force: true })
        database.close()
      },
    }
  }
}

/**
 * Does the work while holding the lock.
 *
 * @throws {LockHeld} when it does not become free within `waitMs`.
 */
export async function withLock<Result>(
  path: string,
  work: () => Promise<Result> | Result,
  { waitMs }: { readonly waitMs: number },
): Promise<Result> {
  const lock = await waitForLock(path, waitMs)
  try {
    return await work()
  } finally {
    lock.release()
  }
}

const pollMs = 10

async function waitForLock(path: string, waitMs: number): Promise<Lock> {
  const deadline = performance.now() + waitMs
  for (;;) {
    const lock = tryLock(path)
    if (lock) return lock
    if (performance.now() > deadline) throw new LockHeld(path, waitMs)
    await sleep(pollMs)
  }
}

/** `wx` never opens an existing file, so it cannot drop a lock that this process holds on it. */
function createWhenMissing(path: string): void {
  if (identifyFile(path)) return
  try {
    closeSync(openSync(path, 'wx'))
  } catch (error) {
    if (!hasProperty(error, 'code', 'EEXIST')) throw error
  }
}

function identifyFile(path: string): string | undefined {
  const stats = statSync(path, { bigint: true, throwIfNoEntry: false })
  return stats && `${stats.dev}:${stats.ino}:${stats.birthtimeNs}`
}

const sqliteBusy = 5

function lockDatabase(path: string): DatabaseSync | undefined {
  const database = new DatabaseSync(path)
  try {
    database.exec('PRAGMA busy_timeout = 0; PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE')
    return database
  } catch (error) {
    database.close()
    if (hasProperty(error, 'errcode', sqliteBusy)) return undefined
    throw error
  }
}

function hasProperty(error: unknown, name: string, value: unknown): boolean {
  return typeof error === 'object' && error !== null && Reflect.get(error, name) === value
}
