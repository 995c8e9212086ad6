import type { AcceptedLine, ReadLedgerLine, SentLine, SettledLine } from './ledger-lines.ts'

/** A request whose cost is unknown. */
export interface UnpricedRequest {
  readonly sent: SentLine
  /** The provider's name for it; undefined if it was never heard of again. */
  readonly accepted: AcceptedLine | undefined
  /** How it ended; `lost` if nobody knows. */
  readonly fate: SettledLine['fate'] | 'lost'
}

/**
 * Requests that may have cost something and whose cost is in no line, in the order in which they were sent.
 *
 * @param isOpen whether the run is open: then the last request for an answer may still be in flight, and is not listed
 */
export function listUnpriced(lines: Iterable<ReadLedgerLine>, isOpen: boolean): UnpricedRequest[] {
  const sent = new Map<string, SentLine>()
  const accepted = new Map<string, AcceptedLine>()
  const settled = new Map<string, SettledLine>()
  const priced = new Set<string>()
  const lastOf = new Map<string, SentLine>()
  for (const line of lines) {
    if (line.type === 'garbled') continue
    if (line.type === 'accepted') accepted.set(line.request, line)
    else if (line.type === 'settled') {
      if (line.cost_usd !== null) priced.add(line.request)
      if (!line.late) settled.set(line.request, line)
    } else {
      sent.set(line.request, line)
      if (line.at > (lastOf.get(line.answer)?.at ?? '')) lastOf.set(line.answer, line)
    }
  }
  return [...sent.values()]
    .filter(({ request }) => !priced.has(request))
    .filter((line) => settled.has(line.request) || !isOpen || lastOf.get(line.answer) !== line)
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
    .map((line) => ({
      sent: line,
      accepted: accepted.get(line.request),
      fate: settled.get(line.request)?.fate ?? 'lost',
    }))
}
