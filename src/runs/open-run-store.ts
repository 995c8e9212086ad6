import { join } from 'node:path'
import { createRunStore } from '../adapters/stores/create-run-store.ts'
import { createFileBlobs } from '../adapters/stores/file-blobs.ts'
import type { RunStore } from '../adapters/stores/run-store.ts'

/**
 * Opens the runs of a data folder. This is the only place that decides what kind of storage holds them.
 *
 * @param writer a name for this process that no other writer to the store uses, such as `page-4711`
 */
export function openRunStore({ dataDir }: { readonly dataDir: string }, writer: string): RunStore {
  return createRunStore(createFileBlobs(join(dataDir, 'runs')), writer)
}
