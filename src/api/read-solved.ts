import { setImmediate } from 'node:timers/promises'
import type { RunFolder } from '../adapters/stores/run-store.ts'
import { isSolved } from '../domain/results/is-solved.ts'
import { mapConcurrently } from '../domain/map-concurrently.ts'

/** Records read at once: each may hold many grids. */
const readTogether = 8

const known = new WeakMap<RunFolder, Map<string, boolean>>()

/**
 * Whether each recorded item of a run is solved, by its key. A record never changes: each is read once while the server runs.
 */
export async function readSolved(folder: RunFolder): Promise<ReadonlyMap<string, boolean>> {
  const solved = known.get(folder) ?? new Map<string, boolean>()
  known.set(folder, solved)
  const [items, recorded] = await Promise.all([folder.listItems(), folder.listRecorded()])
  const isNew = new Set(recorded.filter((key) => !solved.has(key)))
  await mapConcurrently(
    items.filter(({ key }) => isNew.has(key)),
    readTogether,
    async ({ key, hash }) => {
      const [record, pairs] = await Promise.all([folder.findRecord(key), folder.readPairs(hash)])
      if (record) solved.set(key, isSolved(record, pairs))
      // There may be thousands, and local files are read without waiting: whoever else asks is answered in between.
      await setImmediate()
    },
  )
  return solved
}
