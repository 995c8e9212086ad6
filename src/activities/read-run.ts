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
  const openRuns = new WeakMap<RunFolder, Promise<OpenRun>>()
  return async (runId) => {
    const folder = await store.openRun(runId)
    const current = openRuns.get(folder)
    if (current) return current
    const opened = openRun(folder)
    openRuns.set(folder, opened)
    // Do not cache a failure: the next activity attempt reads again.
    opened.catch(() => openRuns.delete(folder))
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
