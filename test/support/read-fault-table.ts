import { readFileSync } from 'node:fs'

/** What `docs/provider-faults.md` says about a fault: the expectation of its test. */
export interface FaultRow {
  readonly requests: string
  /** `answer`, `rejection` or `nothing`. */
  readonly kept: string
  /** Each occurs in the message. */
  readonly words: readonly string[]
  readonly exit: number
}

/** Reads the table below a heading of the page, by the names of the faults. */
export function readFaultTable(heading: string): Map<string, FaultRow> {
  const text = readFileSync(new URL('../../docs/provider-faults.md', import.meta.url), 'utf8')
  const section = text.split(/^## /m).find((each) => each.startsWith(heading)) ?? ''
  const rows = section.split('\n').filter((line) => line.startsWith('|'))
  return new Map(
    rows.slice(2).map((row) => {
      const [name = '', requests = '', kept = '', said = '', exit = ''] = row
        .split('|')
        .slice(1)
        .map((cell) => cell.trim())
      const words = [...said.matchAll(/`(.+?)`/g)].map(([, each = '']) => each)
      return [name, { requests, kept, words, exit: Number(exit) }]
    }),
  )
}
