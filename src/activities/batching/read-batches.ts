import type { RunFolder } from '../../adapters/stores/run-store.ts'
import type { Batch } from '../../domain/runs/batches/batch.ts'

/** All batches of a run, the oldest first. */
export async function readBatches(folder: Pick<RunFolder, 'listBatches' | 'readBatch'>): Promise<Batch[]> {
  const batches = await Promise.all((await folder.listBatches()).map((id) => folder.readBatch(id)))
  return batches.toSorted((a, b) => (a.built_at < b.built_at ? -1 : a.built_at > b.built_at ? 1 : 0))
}
