import type { RunFolder, RunStore } from '../adapters/stores/run-store.ts'
import type { RunRecord } from '../domain/runs/run.ts'
import type { Item, ItemReference } from '../domain/tasks/item.ts'

/** The immutable parts of a run, read once per worker. */
export interface OpenRun {
  readonly folder: RunFolder
  readonly run: RunRecord
  readonly items: readonly ItemReference[]
  readonly readItem: (key: string) => Promise<Item>
}

export type ReadRun = (runId: string) => Promise<OpenRun>

export function createReadRun(store: RunStore): ReadRun {
  const kept = new WeakMap<RunFolder, Promise<OpenRun>>()
  return async (runId) => {
    const folder = await store.openRun(runId)
    const found = kept.get(folder)
    if (found) return found
    const opened = openRun(folder)
    kept.set(folder, opened)
    // Do not cache a failure: the next activity attempt reads again.
    opened.catch(() => kept.delete(folder))
    return opened
  }
}

async function openRun(folder: RunFolder): Promise<OpenRun> {
  const [run, items] = await Promise.all([folder.readRun(), folder.listItems()])
  const byKey = new Map(items.map((item) => [item.key, item]))
  return {
    folder,
    run,
    items,
    async readItem(key) {
      const reference = byKey.get(key)
      if (reference === undefined) throw new RangeError(`run ${folder.runId} has no item "${key}"`)
      return { ...reference, ...(await folder.readPairs(reference.hash)) }
    },
  }
}
