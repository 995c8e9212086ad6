import {
  appendFileSync,
  closeSync,
  fstatSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  statSync,
  type Stats,
} from 'node:fs'
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { hasCode, isMissing } from '../files/error-code.ts'
import { findLackOfRoom } from '../files/find-lack-of-room.ts'
import { hashText } from '../files/hash.ts'
import { orWhenMissing } from '../files/or-when-missing.ts'
import {
  isAbandoned,
  reserveFile,
  syncFolder,
  temporarySuffix,
  writeFileAtomically,
} from '../files/write-file-atomically.ts'
import { writeNewFile } from '../files/write-new-file.ts'
import type { Blobs } from './blobs.ts'
import { createFileSharedLines } from './file-shared-lines.ts'
import { wholeLines } from './whole-lines.ts'

/** Blobs as files below a folder. */
export function createFileBlobs(root: string): Blobs {
  const path = (name: string) => join(root, name)
  const checkedFiles = new Set<string>()

  async function append(name: string, line: string): Promise<void> {
    const file = path(name)
    // Once per file and process: no other process writes to it.
    if (!checkedFiles.has(file)) {
      await mkdir(dirname(file), { recursive: true })
      await endLastLine(file)
      checkedFiles.add(file)
    }
    // A line is small and safe with the kernel once written; passing it to another thread costs more than writing it.
    try {
      appendFileSync(file, `${line}\n`)
    } catch (error) {
      // A full disk may have cut the line short.
      checkedFiles.delete(file)
      // Someone removed the folder, and may have begun another run under its name.
      if (isMissing(error)) return append(name, line)
      throw error
    }
  }

  return {
    locate: path,
    async read(name) {
      // A run reads small files that were written a moment ago; passing the read to another thread takes ten times as long.
      try {
        return readFileSync(path(name), 'utf8')
      } catch (error) {
        if (isAbsent(error)) return undefined
        throw error
      }
    },
    async readStart(name, bytes) {
      try {
        return readPart(path(name), 0, bytes).toString('utf8')
      } catch (error) {
        if (isMissing(error)) return undefined
        throw error
      }
    },
    async readLines(name, fromByte) {
      try {
        return wholeLines(readPart(path(name), fromByte), fromByte)
      } catch (error) {
        if (isMissing(error)) return undefined
        throw error
      }
    },
    write: (name, text) => writeFileAtomically(path(name), text),
    create: (name, text) => writeNewFile(path(name), typeof text === 'string' ? [text] : text),
    reserve: (name, bytes) => reserveFile(path(name), bytes),
    findLackOfRoom: () => findLackOfRoom(root),
    async remove(name) {
      await rm(path(name), { force: true })
    },
    async move(from, to) {
      await mkdir(dirname(path(to)), { recursive: true })
      await orWhenMissing(rename(path(from), path(to)), undefined)
      await syncFolder(dirname(path(to)))
    },
    async list(folder) {
      const names = await listFolder(path(folder))
      return names.filter((name) => !name.endsWith(temporarySuffix))
    },
    stamp: async (name) => hashText(describe(path(name))),
    append,
    openSharedLines: (name) => createFileSharedLines(path(name)),
    async sweep(folder) {
      const names = await orWhenMissing(readdir(path(folder), { recursive: true }), [])
      const abandoned = names.filter(isAbandoned)
      await Promise.all(abandoned.map((name) => rm(join(path(folder), name), { force: true })))
    },
  }
}

/** Sizes and change times (ctime). Nobody can set a ctime, so a copy put back counts as another file, whatever its date. */
function describe(path: string): string {
  // Thousands of files are checked, each in microseconds: passing them to another thread takes ten times as long.
  const stats = lookAt(() => statSync(path))
  if (stats === undefined) return ''
  if (!stats.isDirectory()) return describeFile(stats)
  const names = lookAt(() => readdirSync(path)) ?? []
  const lines = names
    .filter((name) => !name.endsWith(temporarySuffix))
    .sort()
    .map((name) => {
      const fileStats = lookAt(() => statSync(`${path}/${name}`))
      return fileStats === undefined ? '' : `${name} ${describeFile(fileStats)}`
    })
  return lines.join('\n')
}

/** Undefined if the file is missing, forbidden or a circular link: reading it tells which. */
function lookAt<Found>(look: () => Found): Found | undefined {
  try {
    return look()
  } catch {
    return undefined
  }
}

function describeFile({ size, ctimeMs }: Stats): string {
  return `${size} ${ctimeMs}`
}

function readPart(file: string, fromByte: number, maxBytes = Infinity): Buffer {
  const handle = openSync(file, 'r')
  try {
    const bytes = Buffer.alloc(Math.min(maxBytes, Math.max(0, fstatSync(handle).size - fromByte)))
    return bytes.subarray(0, readSync(handle, bytes, 0, bytes.length, fromByte))
  } finally {
    closeSync(handle)
  }
}

/** A stray file among the run folders has nothing below it. */
function isAbsent(error: unknown): boolean {
  return isMissing(error) || hasCode(error, 'ENOTDIR')
}

async function listFolder(path: string): Promise<string[]> {
  try {
    return await readdir(path)
  } catch (error) {
    if (isAbsent(error)) return []
    throw error
  }
}

/** Ends a last line that a crash tore, so that it stays a line of its own. */
async function endLastLine(path: string): Promise<void> {
  const file = await orWhenMissing(open(path, 'r+'), undefined)
  if (file === undefined) return
  try {
    const { size } = await file.stat()
    if (size === 0) return
    const { buffer } = await file.read(Buffer.alloc(1), 0, 1, size - 1)
    if (buffer[0] !== '\n'.charCodeAt(0)) await file.write('\n', size)
  } finally {
    await file.close()
  }
}
