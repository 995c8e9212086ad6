import { join } from 'node:path'
import { createCatalogue } from '../adapters/datasets/create-catalogue.ts'
import { createDatasetFile } from '../adapters/datasets/dataset-file.ts'
import { createProgressFile } from '../adapters/datasets/progress-file.ts'
import { hashCode } from '../adapters/hash-code.ts'
import { createTraceStore } from '../adapters/traces/trace-store.ts'
import { openRunStore } from '../runs/open-run-store.ts'
import type { Library } from './library.ts'
import { createRunCounting, type RunCounting } from './run-counting.ts'

export interface LibraryPlaces {
  /** The folder of package.json. */
  readonly project: string
  /** The data folder, where everything is written. */
  readonly data: string
  /** Counts runs; on this thread by default. */
  readonly counting?: RunCounting
  /** Nowhere by default. */
  readonly findTemporalUi?: Library['findTemporalUi']
}

export function openLibrary({
  project,
  data,
  counting = createRunCounting(hashCode()),
  findTemporalUi = () => undefined,
}: LibraryPlaces): Library {
  return {
    catalogue: createCatalogue({
      folders: [join(project, 'data/tasks')],
      shelves: [join(data, 'datasets')],
      nowMs: () => performance.now(),
    }),
    dataset: createDatasetFile(join(data, 'dataset.json')),
    traces: createTraceStore(join(data, 'traces_store.json'), join(project, 'data/traces.json')),
    progress: createProgressFile(join(data, 'progress.json')),
    runs: openRunStore({ dataDir: data }, `page-${process.pid}`),
    counting,
    findTemporalUi,
  }
}
