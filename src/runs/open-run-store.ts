import { join, resolve } from 'node:path'
import { createResultsFiles } from '../adapters/results/create-results-files.ts'
import type { ResultsFiles } from '../adapters/results/results-files.ts'
import type { Blobs } from '../adapters/stores/blobs.ts'
import { createRunStore } from '../adapters/stores/create-run-store.ts'
import { createFileBlobs } from '../adapters/stores/file-blobs.ts'
import type { RunStore } from '../adapters/stores/run-store.ts'

interface DataFolder {
  readonly dataDir: string
}

/** The only place that decides what kind of storage holds runs and results: anything that can implement `Blobs`. */
function openBlobs(folder: string): Blobs {
  return createFileBlobs(folder)
}

/** Where the runs of a data folder are. */
export function locateRuns({ dataDir }: DataFolder): string {
  return join(dataDir, 'runs')
}

/**
 * Opens the runs of a data folder.
 *
 * @param writer a name for this process that no other writer to the store uses, such as `page-4711`
 */
export function openRunStore(data: DataFolder, writer: string): RunStore {
  return createRunStore(openBlobs(locateRuns(data)), writer)
}

/** Opens the results of a data folder. Only what `--output` names is a file of this machine, wherever Arcloom keeps its own. */
export function openResults({ dataDir }: DataFolder): ResultsFiles {
  return createResultsFiles(openBlobs(resolve(dataDir)), createFileBlobs('/'))
}
