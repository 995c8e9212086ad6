import { open } from 'node:fs/promises'
import type { z } from 'zod'
import { isMissing } from './error-code.ts'
import { checkBy, parseJson } from './read-json-by.ts'
import { readLines } from './read-lines.ts'

/**
 * Everything ever removed from a file, as JSON lines beside it: for undo, and so that the id of a removed entry is never used
 * again. Lines are never removed from it.
 *
 * A removal is logged before the file is written without the entry. So after a crash in between, the entry is in both, which
 * means that it was not removed.
 */
export interface RemovedLog<Entry> {
  append(entry: Removed<Entry>): Promise<void>
  /** Oldest first. */
  list(): Promise<Removed<Entry>[]>
}

export interface Removed<Entry> {
  /** ISO 8601, UTC. */
  readonly removed_at: string
  readonly removed_by: string
  readonly entry: Entry
}

export function createRemovedLog<Entry>(path: string, schema: z.ZodType<Removed<Entry>>): RemovedLog<Entry> {
  return {
    async append(entry) {
      const file = await open(path, 'a+')
      try {
        const { size } = await file.stat()
        const { buffer } = await file.read(Buffer.alloc(1), 0, 1, Math.max(0, size - 1))
        // A crash may have left a torn line. It stays a line of its own and is ignored.
        const before = size === 0 || buffer[0] === '\n'.charCodeAt(0) ? '' : '\n'
        await file.appendFile(`${before}${JSON.stringify(entry)}\n`)
        await file.sync()
      } finally {
        await file.close()
      }
    },
    async list() {
      const entries: Removed<Entry>[] = []
      try {
        for await (const { text } of readLines(path)) {
          const origin = { file: path, place: '' }
          const parsed = parseJson(text, origin)
          const reading = 'value' in parsed ? checkBy(schema, parsed.value, origin) : parsed
          if ('value' in reading) entries.push(reading.value)
        }
      } catch (error) {
        if (!isMissing(error)) throw error
      }
      return entries
    },
  }
}
