import { hashJson } from '../../adapters/files/hash.ts'
import { keyOf } from '../../adapters/stores/inspect-run.ts'
import type { RunFolder } from '../../adapters/stores/run-store.ts'
import type { ItemReference } from '../../domain/tasks/item.ts'

/** The items of a run whose `items.json` is lost: from its copy, or from records of all of them. Only what has the run's own hash is taken. */
export async function findItems(folder: RunFolder): Promise<readonly ItemReference[] | undefined> {
  if ((await folder.findFault('run.json')) !== undefined) return undefined
  const { items_hash } = (await folder.readRun()).specification
  const candidates = [await folder.findCopy('items.json'), await readRecorded(folder)]
  return candidates.find((items) => items && hashJson(items.map(({ key, hash }) => [key, hash])) === items_hash)
}

/** In the order of their keys, as files of tasks are read. */
async function readRecorded(folder: RunFolder): Promise<ItemReference[]> {
  const files = (await folder.listFiles('records')).sort()
  const records = await Promise.all(
    files.map(async (file) => ((await folder.findFault(file)) ? undefined : folder.findRecord(keyOf(file)))),
  )
  return records.flatMap((record) => record?.item ?? [])
}
