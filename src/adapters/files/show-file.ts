import { isAbsolute, relative } from 'node:path'
import type { MalformedInput } from '../../domain/malformed-input.ts'

/** A path to type from the current folder: relative if it is inside, otherwise absolute. */
export function showFile(path: string, from: string = process.cwd()): string {
  const way = relative(from, path)
  return way === '' || way.startsWith('..') || isAbsolute(way) ? path : way
}

/** A fault's message, starting with the file's path as you would type it. */
export function showFault({ file, message }: Pick<MalformedInput, 'file' | 'message'>): string {
  return message.startsWith(file) ? `${showFile(file)}${message.slice(file.length)}` : message
}

/** A path for a command line, quoted if a shell needs it. */
export function quotePath(path: string): string {
  const name = showFile(path)
  const safe = name.startsWith('-') ? `./${name}` : name
  return /^[\w@%+=:,./-]+$/.test(safe) ? safe : `'${safe.replaceAll("'", `'\\''`)}'`
}
