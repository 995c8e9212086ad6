import { DamagedRun, type RunFolder, type RunStore } from '../../adapters/stores/run-store.ts'
import { findRun } from './find-run.ts'

/** The runs with these names, each once; for a single name, the runs of that group, in the order in which they were started. */
export async function findRuns(store: RunStore, names: readonly string[]): Promise<RunFolder[]> {
  const distinct = [...new Set(names)]
  const [group] = distinct
  if (distinct.length > 1 || group === undefined) {
    const folders = await Promise.all(distinct.map((name) => findRun(store, name)))
    return [...new Map(folders.map((folder) => [folder.runId, folder])).values()]
  }
  const members = []
  for (const runId of await store.listRuns()) {
    const folder = await store.openRun(runId)
    if ((await readGroup(folder)) === group) members.push(folder)
  }
  return members.length > 1 ? members.reverse() : [await findRun(store, group)]
}

/** A damaged run's group is unknown; that must not keep other runs from being found. */
async function readGroup(folder: RunFolder): Promise<string | undefined> {
  try {
    return (await folder.readRun()).group
  } catch (error) {
    if (error instanceof DamagedRun) return undefined
    throw error
  }
}
