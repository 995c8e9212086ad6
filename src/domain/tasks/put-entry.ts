import type { DatasetEntry } from './dataset-entry.ts'

/** Inserts an entry in place of the same version, otherwise after the lower versions of its task, otherwise at the end. */
export function putEntry(entries: readonly DatasetEntry[], entry: DatasetEntry): DatasetEntry[] {
  const { task_id, version } = entry
  const present = entries.findIndex((other) => other.task_id === task_id && other.version === version)
  if (present >= 0) return entries.with(present, entry)
  const before = entries.findLastIndex((other) => other.task_id === task_id && other.version < version)
  return entries.toSpliced(before < 0 ? entries.length : before + 1, 0, entry)
}
