import type { RunFolder } from '../adapters/stores/run-store.ts'
import { describeOpenBatches } from '../domain/runs/batches/describe-batch.ts'

/** The batches of a run that wait for their answers, in words. */
export async function readOpenBatches(folder: RunFolder): Promise<string[]> {
  const ids = (await folder.listBatches()).toSorted()
  return describeOpenBatches(await Promise.all(ids.map((id) => folder.readBatch(id))))
}
