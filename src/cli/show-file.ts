import { isAbsolute, relative } from 'node:path'
import type { MalformedInput } from '../domain/malformed-input.ts'

/** A path as it can be typed from where one stands: relative when it is below the current folder, else absolute. */
export function showFile(path: string, from: string = process.cwd()): string {
  const way = relative(from, path)
  return way === '' || way.startsWith('..') || isAbsolute(way) ? path : way
}

/** A fault of a file in words that begin with the file as it can be typed. */
export function showFault({ file, message }: Pick<MalformedInput, 'file' | 'message'>): string {
  return message.startsWith(file) ? `${showFile(file)}${message.slice(file.length)}` : message
}

/** A path as a command line takes it: quoted where a shell would read it otherwise. */
export function quotePath(path: string): string {
  const shown = showFile(path)
  const safe = shown.startsWith('-') ? `./${shown}` : shown
  return /^[\w@%+=:,./-]+$/.test(safe) ? safe : `'${safe.replaceAll("'", `'\\''`)}'`
}
