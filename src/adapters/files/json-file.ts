import { mkdir, open, type FileHandle } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import { isMissing } from './error-code.ts'
import { withLock } from './file-lock.ts'
import { keepBackup } from './keep-backup.ts'
import { decodeText } from './read-text.ts'
import { sweepAbandoned } from './sweep-abandoned.ts'
import { writeFileAtomically } from './write-file-atomically.ts'

/** A file that people's edits go to, from several processes at once. */
export interface JsonFile<Value> {
  /** What stands in the file, or what it will begin with while there is none. */
  read(): Promise<Value>
  /** Hands the value to `change` while nobody else may, and writes what comes back. */
  edit<Result>(change: (value: Value) => Promise<Edit<Value, Result>> | Edit<Value, Result>): Promise<Result>
}

/** Without a value nothing is written. */
interface Edit<Value, Result> {
  readonly value?: Value | undefined
  readonly result: Result
}

interface Format<Value> {
  /** @throws {MalformedInput} a file that cannot be read is never written over */
  readonly parse: (text: string, file: string) => Value
  readonly render: (value: Value) => string
  /** What the file begins with; it is made by the first edit. */
  readonly begin: () => Promise<Value>
}

/** An edit takes as long as it takes to write the file; the lock of a process that died is free at once. */
const lockWaitMs = 60_000

/**
 * A JSON file that is always whole: written beside its place and renamed, under a lock that processes share, after what stood
 * there was linked as a backup (one an hour). What was parsed is kept until the file is another.
 */
export function createJsonFile<Value>(path: string, format: Format<Value>): JsonFile<Value> {
  let known: { readonly identity: string; readonly value: Value } | undefined
  const read = async () => {
    const file = await openWhenThere(path)
    if (file === undefined) return format.begin()
    try {
      const identity = await identify(file)
      if (known?.identity !== identity)
        known = { identity, value: format.parse(decodeText(await file.readFile()), path) }
      return known.value
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
