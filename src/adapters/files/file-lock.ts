import { closeSync, openSync, rmSync, statSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'

export interface Lock {
  /** Lets the next one in and removes the lock file. */
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
 * Node has no flock, but it has SQLite: an exclusive transaction on an empty database is a POSIX record lock on the file,
 * and with the journal in memory nothing is ever written. That leaves no stale state that someone would have to judge by age or process id.
 *
 * So that no lock file stays behind, the holder unlinks it before it lets go. Whoever opened the file before that then
 * locks a file nobody else can find: so after locking, the path must still lead to the file that was there before opening,
 * else try again. (SQLite does not show its file descriptor; opening the path a second time and closing it would drop
 * the lock, which is what POSIX wants. Hence `stat`, and the time of birth, since inode numbers are used again at once.)
 *
 * The folder must exist. Not for network file systems without record locks.
 *
 * @returns undefined when somebody holds it.
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
 * Does the work while nobody else holds the lock.
 *
 * @throws {LockHeld} when it is not free within `waitMs`.
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

/** `wx` never opens a file that is there, so it cannot drop a lock that this process holds on it. */
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
