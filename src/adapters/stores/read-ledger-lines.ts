import type { LedgerLine, ReadLedgerLine } from '../../domain/runs/ledger-lines.ts'
import { storedShapes } from './stored-shapes.ts'

/**
 * Reads the lines of a ledger file one by one, so that the parsed lines are never all in memory.
 *
 * An unreadable last line was torn by a crash: its request is still unsettled and counts as such. Any other unreadable line is
 * reported, and its cost is unknown.
 */
export function* readLedgerLines(text: string, file: string): Generator<ReadLedgerLine, void> {
  let number = 0
  let unread: ReadLedgerLine | undefined
  for (const [line] of text.matchAll(/[^\n]*(\n|$)/g)) {
    number += 1
    if (line.trim() === '') continue
    if (unread) yield unread
    const parsed = parseLine(line)
    unread = parsed ? undefined : { type: 'garbled', file, place: `line ${number}` }
    if (parsed) yield parsed
  }
}

function parseLine(line: string): LedgerLine | undefined {
  try {
    const value: unknown = JSON.parse(line)
    return storedShapes.ledger.safeParse(value).success ? (value as LedgerLine) : undefined
  } catch {
    return undefined
  }
}
