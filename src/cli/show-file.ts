import { relative, isAbsolute } from 'node:path'

/** A path as it can be typed from where one stands: relative when it is below the current folder, else absolute. */
export function showFile(path: string, from: string = process.cwd()): string {
  const way = relative(from, path)
  return way === '' || way.startsWith('..') || isAbsolute(way) ? path : way
}
