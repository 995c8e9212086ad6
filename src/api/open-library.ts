import { join } from 'node:path'
import { createCatalogue } from '../adapters/datasets/create-catalogue.ts'
import { createDatasetFile } from '../adapters/datasets/dataset-file.ts'
import { createProgressFile } from '../adapters/datasets/progress-file.ts'
import { hashCode } from '../adapters/hash-code.ts'
import { createTraceStore } from '../adapters/traces/trace-store.ts'
import { openRunStore } from '../runs/open-run-store.ts'
import type { Library } from './library.ts'

/** @param project the folder of package.json; @param data the data folder, where everything is written */
export function openLibrary({ project, data }: { readonly project: string; readonly data: string }): Library {
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
    code: hashCode(),
  }
}
