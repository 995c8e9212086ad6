import { closeSync, mkdirSync, openSync, readSync, renameSync, statSync } from 'node:fs'
import { dirname } from 'node:path'

const maxBytes = 10 * 1024 * 1024
const tailBytes = 16 * 1024

/** Opens a log for appending; a long one is first renamed, replacing the one renamed before. */
export function openLog(path: string): number {
  mkdirSync(dirname(path), { recursive: true })
  if (sizeOf(path) > maxBytes) renameSync(path, `${path}.1`)
  return openSync(path, 'a')
}

/** The log's current size: anything after it is a new process's output. */
export function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0
}

/**
 * The last words of a process that ended: the last line printed after `fromByte` that is neither a stack frame nor a brace of
 * an error's properties. An error is described by its first line, not by what Node prints below it.
 */
export function readLastWords(path: string, fromByte: number): string | undefined {
  const lines = readTail(path, fromByte)
    .split('\n')
    .map((line) => line.trimEnd())
    .filter((line) => line !== '' && !/^Node\.js v\d/.test(line))
  const error = lines.findLast((line) => /^(?:Uncaught )?\w*Error\b.*: /.test(line))
  return error ?? lines.findLast((line) => !/^(?:\s|[{}[\]])/.test(line))
}

function readTail(path: string, fromByte: number): string {
  const size = sizeOf(path)
  const start = Math.max(fromByte, size - tailBytes)
  if (start >= size) return ''
  const file = openSync(path, 'r')
  try {
    const bytes = Buffer.alloc(size - start)
    return bytes.toString('utf8', 0, readSync(file, bytes, 0, bytes.length, start))
  } finally {
    closeSync(file)
  }
}
