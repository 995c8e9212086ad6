import type { RunFolder } from '../adapters/stores/run-store.ts'
import type { ComparedRun } from '../domain/compare/compared-run.ts'
import { readComparedRun } from './read-compared-run.ts'

/** Runs kept at once: a comparison has six at most, and people go back and forth between a few. */
const maxKept = 12

/** Reads runs for comparisons and keeps the last few, each until one of its files changes. */
export function createComparedRuns(): (folder: RunFolder) => Promise<ComparedRun> {
  const entries = new Map<string, { readonly stamp: string; readonly run: Promise<ComparedRun> }>()
  return async (folder) => {
    // Before it is read: what changes meanwhile is read again the next time.
    const [{ state, updated_at }, files] = await Promise.all([folder.readState(), folder.stamp()])
    const stamp = `${state} ${updated_at} ${files}`
    const last = entries.get(folder.runId)
    entries.delete(folder.runId)
    const entry = last?.stamp === stamp ? last : { stamp, run: readComparedRun(folder) }
    entries.set(folder.runId, entry)
    for (const runId of [...entries.keys()].slice(0, -maxKept)) entries.delete(runId)
    try {
      return await entry.run
    } catch (error) {
      // What is damaged may be repaired.
      if (entries.get(folder.runId) === entry) entries.delete(folder.runId)
      throw error
    }
  }
}
