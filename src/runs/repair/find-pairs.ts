import { hashTask } from '../../adapters/datasets/hash-task.ts'
import { readDataset } from '../../adapters/datasets/read-dataset.ts'
import { hashJson } from '../../adapters/files/hash.ts'
import type { RunFolder, RunStore } from '../../adapters/stores/run-store.ts'
import { MalformedInput } from '../../domain/malformed-input.ts'
import { pickPairs } from '../../domain/tasks/dataset-entry.ts'
import type { TaskPairs } from '../../domain/tasks/task.ts'

interface FoundPairs {
  readonly pairs: TaskPairs
  readonly origin: string
}

/** Pairs of this very content: another run of the store has them, or a dataset that the run was begun with. */
export async function findPairs(store: RunStore, folder: RunFolder, hash: string): Promise<FoundPairs | undefined> {
  return (await findInRuns(store, folder, hash)) ?? (await findInDatasets(folder, hash))
}

async function findInRuns(store: RunStore, folder: RunFolder, hash: string): Promise<FoundPairs | undefined> {
  for (const runId of await store.listRuns()) {
    if (runId === folder.runId) continue
    const other = await store.openRun(runId)
    if ((await other.findFault(`items/${hash}.json`)) !== undefined) continue
    const pairs = await other.readPairs(hash)
    if (hashJson(pairs) === hash) return { pairs, origin: `run ${runId}` }
  }
  return undefined
}

async function findInDatasets(folder: RunFolder, hash: string): Promise<FoundPairs | undefined> {
  if ((await folder.findFault('run.json')) !== undefined) return undefined
  for (const { path } of (await folder.readRun()).datasets) {
    const task = (await readTasks(path)).find((task) => hashTask(task) === hash)
    if (task) return { pairs: pickPairs(task), origin: path }
  }
  return undefined
}

/** A dataset may have been moved, or have become another, since the run began. */
async function readTasks(path: string) {
  try {
    return (await readDataset(path)).tasks
  } catch (error) {
    if (error instanceof MalformedInput) return []
    throw error
  }
}
