import type { SharedLines } from '../stores/blobs.ts'
import type { ResultsPlace, WrittenEntry } from './results-files.ts'

/** By run and item key, when the newest entry in a partial file was recorded. */
type HeldEntries = Map<string, Map<string, string>>

/**
 * Appends entries to texts that many runs and workers share; an entry that is there is never written twice. If a crash tears an
 * entry's line, the entry is still in the store, and its own run appends it again.
 *
 * @param open opens the partial file of a place
 */
export function createPartialAppender(open: (place: ResultsPlace) => { name: string; lines: () => SharedLines }) {
  const openFiles = new Map<string, { readonly lines: SharedLines; readonly held: HeldEntries }>()
  return async function appendPartial(
    place: ResultsPlace,
    runId: string,
    itemKeys: readonly string[],
    readEntry: (itemKey: string) => Promise<WrittenEntry>,
    recordedAt: ReadonlyMap<string, string> = new Map(),
  ): Promise<void> {
    const { name, lines: openLines } = open(place)
    const { lines, held } = openFiles.get(name) ?? { lines: openLines(), held: new Map<string, Map<string, string>>() }
    openFiles.set(name, { lines, held })
    await lines.append({
      forget: () => held.clear(),
      read: (line) => noteLine(held, line),
      async *write() {
        const ofRun = held.get(runId) ?? new Map<string, string>()
        held.set(runId, ofRun)
        const isLacking = (itemKey: string) =>
          !ofRun.has(itemKey) || (recordedAt.get(itemKey) ?? '') > (ofRun.get(itemKey) ?? '')
        for (const itemKey of itemKeys.filter(isLacking)) {
          const entry = await readEntry(itemKey)
          yield JSON.stringify(entry)
          // It is written only now.
          ofRun.set(itemKey, entry.timestamp)
        }
      },
    })
  }
}

function noteLine(held: HeldEntries, line: string): void {
  const entry = parseEntry(line)
  if (entry === undefined) return
  const ofRun = held.get(entry.run_id) ?? new Map<string, string>()
  const before = ofRun.get(entry.item) ?? ''
  held.set(entry.run_id, ofRun.set(entry.item, entry.timestamp > before ? entry.timestamp : before))
}

/** A line of another program, or a torn one, is not an entry. */
function parseEntry(line: string): WrittenEntry | undefined {
  try {
    const value: unknown = JSON.parse(line)
    if (typeof value !== 'object' || value === null) return undefined
    const { run_id, item, timestamp = '' } = value as Record<string, unknown>
    if (typeof run_id !== 'string' || typeof item !== 'string' || typeof timestamp !== 'string') return undefined
    return { run_id, item, timestamp }
  } catch {
    return undefined
  }
}
