import { mkdir, open, type FileHandle } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import { isMissing } from './error-code.ts'
import { withLock } from './file-lock.ts'
import { keepBackup } from './keep-backup.ts'
import { decodeText } from './read-text.ts'
import { sweepAbandoned } from './sweep-abandoned.ts'
import { writeFileAtomically } from './write-file-atomically.ts'

/** A file that people edit from several processes at once. */
export interface JsonFile<Value> {
  /** The file's content, or the initial content if there is no file yet. */
  read(): Promise<Value>
  /** Passes the value to `change` while holding the lock, and writes what it returns. */
  edit<Result>(change: (value: Value) => Promise<Edit<Value, Result>> | Edit<Value, Result>): Promise<Result>
}

/** Without a value nothing is written. */
interface Edit<Value, Result> {
  readonly value?: Value | undefined
  readonly result: Result
}

interface Format<Value> {
  /** @throws {MalformedInput} a file that cannot be read is never overwritten */
  readonly parse: (text: string, file: string) => Value
  readonly render: (value: Value) => string
  /** The initial content; the first edit creates the file with it. */
  readonly begin: () => Promise<Value>
}

/** An edit takes no longer than writing the file; the lock of a process that died is free at once. */
const lockWaitMs = 60_000

/**
 * A JSON file that is never half written: each edit writes a temporary file beside it and renames it, under a lock shared by all
 * processes, after hard-linking the old content as a backup (one an hour). The parsed value is cached until the file changes.
 */
export function createJsonFile<Value>(path: string, format: Format<Value>): JsonFile<Value> {
  let latest: { readonly identity: string; readonly value: Value } | undefined
  const read = async () => {
    const file = await openWhenThere(path)
    if (file === undefined) return format.begin()
    try {
      const identity = await identify(file)
      if (latest?.identity !== identity)
        latest = { identity, value: format.parse(decodeText(await file.readFile()), path) }
      return latest.value
    } finally {
      await file.close()
    }
  }
  return {
    read,
    async edit(change) {
      await mkdir(dirname(path), { recursive: true })
      const work = async () => {
        await sweepAbandoned(dirname(path), basename(path))
        const { value, result } = await change(await read())
        if (value === undefined) return result
        await keepBackup(path)
        await writeFileAtomically(path, format.render(value))
        return result
      }
      return withLock(`${path}.lock`, work, { waitMs: lockWaitMs })
    },
  }
}

async function openWhenThere(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path, 'r')
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

async function identify(file: FileHandle): Promise<string> {
  const { dev, ino, size, mtimeNs } = await file.stat({ bigint: true })
  return [dev, ino, size, mtimeNs].join(':')
}
