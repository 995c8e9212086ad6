import type { ItemFailure } from '../../domain/runs/run.ts'
import type { ItemReference } from '../../domain/tasks/item.ts'
import { DamagedRun, type RunFolder } from './run-store.ts'

/** A run is complete when each item is recorded or has failed. @throws {DamagedRun} for the first item that is neither */
export function needOutcomes(
  folder: RunFolder,
  items: readonly ItemReference[],
  recorded: Pick<ReadonlySet<string>, 'has'>,
  failures: readonly ItemFailure[],
): void {
  const failed = new Set(failures.map(({ item }) => item))
  const lost = items.find(({ key }) => !recorded.has(key) && !failed.has(key))
  if (lost === undefined) return
  const file = folder.locate(`records/${lost.key}.json`)
  throw new DamagedRun(folder.runId, { file, place: '', problem: 'it is missing, and the run is complete' })
}
