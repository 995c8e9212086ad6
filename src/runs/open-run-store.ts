import { join } from 'node:path'
import { createRunStore } from '../adapters/stores/create-run-store.ts'
import { createFileBlobs } from '../adapters/stores/file-blobs.ts'
import type { RunStore } from '../adapters/stores/run-store.ts'

/**
 * The runs of a data folder. What keeps them is decided here and nowhere else.
 *
 * @param writer names this process among all that ever write to the store, such as `page-4711`
 */
export function openRunStore({ dataDir }: { readonly dataDir: string }, writer: string): RunStore {
  return createRunStore(createFileBlobs(join(dataDir, 'runs')), writer)
}
