import type { PairVerdict } from '../domain/runs/record.ts'

/** An exception that programs raised, and the first program that did, by its item's key. Type and message are text of programs. */
export interface ExceptionCount {
  readonly error_type: string
  /** That program's message, in one line, shortened; empty if it had none. */
  readonly message: string
  /** Programs whose first exception it was. Messages that differ only in their numbers count as one. */
  readonly programs: number
  readonly item: string
  /** From 0. */
  readonly sample: number
  /** Line of the program, from 1; null if unknown. */
  readonly line: number | null
}

/** A run with many programs may have thousands of kinds, most of them once. */
const maxListed = 20
/** Messages may quote whole grids. */
const maxCharacters = 200

/** Counts the first exception of each program. Items may come in any order. */
export function createExceptionTally() {
  const counts = new Map<string, ExceptionCount>()
  return {
    add(itemKey: string, sample: number, { error_type, message = '', line }: PairVerdict): void {
      if (error_type === undefined) return
      const text = shorten(message)
      const key = `${error_type}: ${text.replaceAll(/\d+/g, '0')}`
      const before = counts.get(key)
      const isFirst =
        before === undefined || itemKey < before.item || (itemKey === before.item && sample < before.sample)
      const first = isFirst ? { error_type, message: text, item: itemKey, sample, line: line ?? null } : before
      counts.set(key, { ...first, programs: (before?.programs ?? 0) + 1 })
    },
    /** Most frequent first. */
    list(): ExceptionCount[] {
      return [...counts]
        .sort(([a, x], [b, y]) => y.programs - x.programs || (a < b ? -1 : 1))
        .slice(0, maxListed)
        .map(([, count]) => count)
    },
  }
}

function shorten(message: string): string {
  const characters = Array.from(message.replaceAll(/\s+/g, ' ').trim())
  return characters.length > maxCharacters ? `${characters.slice(0, maxCharacters - 1).join('')}…` : characters.join('')
}

/** `IndexError: list index out of range`. */
export function nameException({ error_type, message }: ExceptionCount): string {
  return message === '' ? error_type : `${error_type}: ${message}`
}

/** `task-3, line 2`. */
export function placeException({ item, line }: ExceptionCount): string {
  return line === null ? item : `${item}, line ${line}`
}
