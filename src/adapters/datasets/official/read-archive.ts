import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { createGunzip } from 'node:zlib'
import { Parser, type ReadEntry } from 'tar'
import { MalformedInput } from '../../../domain/malformed-input.ts'
import { messageOf } from '../../../domain/message-of.ts'
import type { Files } from './hash-git-tree.ts'

export interface ArchiveLimits {
  /** Total unpacked size, kept or not. */
  readonly unpackedBytes: number
  /** Size of the files that are kept. */
  readonly keptBytes: number
  readonly keptFiles: number
}

const files: readonly string[] = ['File', 'OldFile', 'ContiguousFile']
const folders: readonly string[] = ['Directory', 'GNUDumpDir']

/**
 * Reads the wanted files of a `.tar` or `.tar.gz` into memory, without the top folder that holds them all. Nothing is written to
 * disk, so nothing can escape the target folder; names that lead out of the archive, and links among the wanted files, are
 * rejected anyway.
 *
 * @throws {MalformedInput} naming the entry
 */
export async function readArchive(
  path: string,
  isWanted: (path: string) => boolean,
  limits: ArchiveLimits,
): Promise<Files> {
  const contents = new Map<string, Uint8Array>()
  let keptBytes = 0
  const refuse = (entry: ReadEntry, words: string) => new MalformedInput(path, entry.path, words)

  const keep = async (entry: ReadEntry): Promise<void> => {
    const name = stripFirstFolder(entry.path)
    if (name === undefined) throw refuse(entry, 'a path that leads out of the archive')
    if (!isWanted(name) || folders.includes(entry.type)) {
      entry.resume()
      return
    }
    if (!files.includes(entry.type)) throw refuse(entry, `a ${entry.type}; only plain files are taken`)
    keptBytes += entry.size
    if (keptBytes > limits.keptBytes) throw refuse(entry, `more than ${limits.keptBytes} bytes of files`)
    if (contents.size >= limits.keptFiles) throw refuse(entry, `more than ${limits.keptFiles} files`)
    contents.set(name, await entry.concat())
  }

  await parse(path, keep, limits.unpackedBytes)
  return contents
}

/** @returns undefined if the path is absolute or goes up */
function stripFirstFolder(path: string): string | undefined {
  if (path.startsWith('/') || path.includes('\\') || path.includes('\0')) return undefined
  const parts = path.split('/')
  return parts.includes('..') ? undefined : parts.slice(1).join('/')
}

async function parse(path: string, take: (entry: ReadEntry) => Promise<void>, maxBytes: number): Promise<void> {
  const pendingReads: Promise<void>[] = []
  let failed = false
  const { promise: completion, resolve: end, reject } = Promise.withResolvers<void>()
  const fail = (error: unknown) => {
    failed = true
    reject(error)
  }
  const parser = new Parser({ strict: true, onReadEntry: (entry) => void pendingReads.push(take(entry).catch(fail)) })
  parser.on('error', fail)
  parser.on('end', end)
  let bytes = 0
  const feed = async () => {
    for await (const chunk of openBytes(path, await readMagic(path))) {
      bytes += chunk.length
      if (bytes > maxBytes) throw new MalformedInput(path, '', `it unpacks to more than ${maxBytes} bytes`)
      if (failed) return
      parser.write(chunk)
    }
    parser.end()
  }
  try {
    await Promise.all([feed(), completion])
    await Promise.all(pendingReads)
  } catch (error) {
    if (error instanceof MalformedInput) throw error
    throw new MalformedInput(path, '', `not a complete archive (${messageOf(error)})`)
  }
}

async function readMagic(path: string): Promise<string> {
  const file = await open(path, 'r')
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(2), 0, 2, 0)
    return buffer.toString('latin1', 0, bytesRead)
  } finally {
    await file.close()
  }
}

function openBytes(path: string, magic: string): AsyncIterable<Buffer> {
  if (magic === 'PK') {
    throw new MalformedInput(path, '', 'a zip archive; unpack it, and give the folder instead')
  }
  const bytes = createReadStream(path)
  if (magic !== '\u001F\u008B') return bytes
  const gunzip = createGunzip()
  bytes.on('error', (error) => gunzip.destroy(error))
  gunzip.on('close', () => bytes.destroy())
  return bytes.pipe(gunzip)
}
