import type { RunFolder, RunStore } from '../adapters/stores/run-store.ts'
import type { Item, ItemReference } from '../domain/item.ts'
import type { RunRecord } from '../domain/run.ts'

/** What of a run never changes, read once per worker. */
export interface OpenRun {
  readonly folder: RunFolder
  readonly run: RunRecord
  readonly items: readonly ItemReference[]
  readonly readItem: (key: string) => Promise<Item>
}

export type ReadRun = (runId: string) => Promise<OpenRun>

/** Runs whose fixed parts are kept in memory: many more than are ever open at once. */
const keptRuns = 50

export function createReadRun(store: RunStore): ReadRun {
  const kept = new Map<string, Promise<OpenRun>>()
  return (runId) => {
    const found = kept.get(runId)
    if (found) return found
    const opened = openRun(store, runId)
    kept.set(runId, opened)
    // A failure must not be kept: the next activity attempt reads again.
    opened.catch(() => kept.delete(runId))
    const [oldest] = kept.keys()
    if (kept.size > keptRuns && oldest !== undefined) kept.delete(oldest)
    return opened
  }
}

async function openRun(store: RunStore, runId: string): Promise<OpenRun> {
  const folder = await store.openRun(runId)
  const [run, items] = await Promise.all([folder.readRun(), folder.listItems()])
  const byKey = new Map(items.map((item) => [item.key, item]))
  return {
    folder,
    run,
    items,
    async readItem(key) {
      const reference = byKey.get(key)
      if (reference === undefined) throw new RangeError(`run ${runId} has no item "${key}"`)
      return { ...reference, ...(await folder.readPairs(reference.hash)) }
    },
  }
}
