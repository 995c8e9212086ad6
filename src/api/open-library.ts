import { join } from 'node:path'
import { createCatalogue } from '../adapters/datasets/create-catalogue.ts'
import { createDatasetFile } from '../adapters/datasets/dataset-file.ts'
import { createProgressFile } from '../adapters/datasets/progress-file.ts'
import { hashCode } from '../adapters/hash-code.ts'
import { createLabelStore } from '../adapters/labels/label-store.ts'
import { createSandboxOnDemand } from '../adapters/sandbox/create-sandbox-on-demand.ts'
import { createSandbox } from '../adapters/sandbox/create-sandbox.ts'
import { createTraceStore } from '../adapters/traces/trace-store.ts'
import { openRunStore } from '../runs/open-run-store.ts'
import { createRunCounting, type RunCounting } from './counting/run-counting.ts'
import type { Library } from './library.ts'

export interface LibraryPlaces {
  /** The folder of package.json. */
  readonly project: string
  /** The data folder, where everything is written. */
  readonly data: string
  /** Counts runs; on this thread by default. */
  readonly counting?: RunCounting
  /** Nowhere by default. */
  readonly findTemporalUi?: Library['findTemporalUi']
  /** Nothing by default. */
  readonly readBottleneck?: Library['readBottleneck']
  /** The only interpreter that may run programs; searched for if absent. */
  readonly python?: string | undefined
}

/** Programs of visitors: few at once, because a worker on the same machine has a slot for every core. */
const slots = 2
/** Each may take half a minute of processor time or, with its second runs, more than one. */
const maxUsers = 12
const idleMs = 60_000

export function openLibrary({
  project,
  data,
  counting = createRunCounting(hashCode()),
  findTemporalUi = () => undefined,
  readBottleneck = () => Promise.resolve(undefined),
  python,
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
    labels: createLabelStore(join(data, 'labels.jsonl')),
    runs: openRunStore({ dataDir: data }, `page-${process.pid}`),
    counting,
    sandbox: createSandboxOnDemand({ open: () => createSandbox({ python, slots }), idleMs, maxUsers }),
    findTemporalUi,
    readBottleneck,
  }
}
