import { samePairs, type DatasetEntry } from './dataset-entry.ts'

export interface DatasetSource {
  /** For people: a path. */
  readonly name: string
  readonly entries: readonly DatasetEntry[]
}

export interface MergedSource {
  readonly name: string
  readonly added: number
  /** Already there with the same content; `signed` of them had other signers here. */
  readonly present: number
  readonly signed: number
  /** Not added, because somebody removed them. */
  readonly removed: number
}

/** One name with two contents: only a person can say which is meant. */
interface MergeConflict {
  readonly task_id: string
  readonly version: number
  readonly sources: readonly [string, string]
}

export interface DatasetMerge {
  readonly entries: readonly DatasetEntry[]
  readonly sources: readonly MergedSource[]
  readonly conflicts: readonly MergeConflict[]
}

/**
 * Merges datasets: one entry per task and version, with everyone's signers. An entry keeps its fields and takes over
 * those that it lacks.
 *
 * @param start the existing entries
 * @param removed entries that were removed: they do not come back, and their numbers are not reused
 */
export function mergeDatasets(
  start: DatasetSource,
  removed: DatasetSource,
  sources: readonly DatasetSource[],
): DatasetMerge {
  const entriesByName = new Map(start.entries.map((entry) => [nameOf(entry), { entry, source: start.name }]))
  const removedByName = new Map(removed.entries.map((entry) => [nameOf(entry), { entry, source: removed.name }]))
  const newEntries: DatasetEntry[] = []
  const conflicts: MergeConflict[] = []
  const mergedSources = sources.map(({ name, entries }): MergedSource => {
    const counts = { added: 0, present: 0, signed: 0, removed: 0 }
    for (const entry of entries) {
      const key = nameOf(entry)
      const other = entriesByName.get(key) ?? removedByName.get(key)
      if (other === undefined) {
        entriesByName.set(key, { entry, source: name })
        newEntries.push(entry)
        counts.added += 1
      } else if (!samePairs(other.entry, entry)) {
        const { task_id, version } = entry
        conflicts.push({ task_id, version, sources: [other.source, name] })
      } else if (entriesByName.has(key)) {
        const united = unite(other.entry, entry)
        entriesByName.set(key, { ...other, entry: united })
        counts.present += 1
        if (united.signed_by.length > other.entry.signed_by.length) counts.signed += 1
      } else {
        counts.removed += 1
      }
    }
    return { name, ...counts }
  })
  const entryOf = (entry: DatasetEntry) => entriesByName.get(nameOf(entry))?.entry ?? entry
  return { entries: [...start.entries, ...newEntries].map(entryOf), sources: mergedSources, conflicts }
}

function unite(ours: DatasetEntry, theirs: DatasetEntry): DatasetEntry {
  return { ...theirs, ...ours, signed_by: [...new Set([...ours.signed_by, ...theirs.signed_by])] }
}

function nameOf({ task_id, version }: DatasetEntry): string {
  return JSON.stringify([task_id, version])
}
