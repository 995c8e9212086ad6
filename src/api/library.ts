import type { Catalogue, CatalogueTask } from '../adapters/datasets/create-catalogue.ts'
import type { DatasetFile } from '../adapters/datasets/dataset-file.ts'
import { hashTask } from '../adapters/datasets/hash-task.ts'
import type { ProgressFile } from '../adapters/datasets/progress-file.ts'
import type { LabelStore } from '../adapters/labels/label-store.ts'
import type { SandboxOnDemand } from '../adapters/sandbox/create-sandbox-on-demand.ts'
import type { RunStore } from '../adapters/stores/run-store.ts'
import type { TraceStore } from '../adapters/traces/trace-store.ts'
import { areKin } from '../domain/grids/transforms/are-kin.ts'
import type { Bottleneck } from '../domain/load/name-bottleneck.ts'
import { pickPairs, type DatasetEntry } from '../domain/tasks/dataset-entry.ts'
import { keyItems } from '../domain/tasks/item.ts'
import type { RunCounting } from './counting/run-counting.ts'

/** What the API works on. */
export interface Library {
  readonly catalogue: { read(): Promise<Catalogue> }
  readonly dataset: DatasetFile
  readonly traces: TraceStore
  readonly progress: ProgressFile
  readonly labels: LabelStore
  readonly runs: RunStore
  readonly counting: RunCounting
  /** Runs visitors' programs. */
  readonly sandbox: SandboxOnDemand
  /** The address of this data folder's Temporal UI, where it is up. */
  readonly findTemporalUi: () => string | undefined
  /** What the workers of this data folder wait for. */
  readonly readBottleneck: () => Promise<Bottleneck | undefined>
}

/** All tasks: those of the folders, then those that are only in `dataset.json`. */
export async function listAllTasks({ catalogue, dataset }: Library): Promise<readonly CatalogueTask[]> {
  const [{ tasks }, entries] = await Promise.all([catalogue.read(), dataset.read()])
  if (entries.length === 0) return tasks
  const tasksById = Map.groupBy(tasks, ({ taskId }) => taskId)
  const ownTasks = [...Map.groupBy(entries, ({ task_id }) => task_id)].flatMap(
    ([taskId, versions]): CatalogueTask[] => {
      const [lowest] = versions.toSorted((a, b) => a.version - b.version)
      const namesakes = tasksById.get(taskId) ?? []
      if (!lowest || namesakes.some((task) => isVersionOf(task, lowest))) return []
      const place = { dataset: 'dataset.json', split: 'all' }
      const hash = hashTask(lowest)
      const references = [...namesakes, { taskId, hash }].map((task) => ({
        task_id: task.taskId,
        version: 0,
        hash: task.hash,
        ...place,
      }))
      // Last, so that a folder's task keeps its key when another task with the same id is added here.
      return keyItems(references)
        .slice(-1)
        .map(({ key }) => ({ key, taskId, hash, places: [place], ...pickPairs(lowest) }))
    },
  )
  return ownTasks.length === 0 ? tasks : [...tasks, ...ownTasks]
}

/** An id may name one task in ARC-AGI-1 and another in ARC-AGI-2, so the content decides which task a version belongs to. */
export function isVersionOf(task: CatalogueTask, entry: DatasetEntry): boolean {
  if (entry.task_id !== task.taskId) return false
  const pair = `${task.hash} ${hashEntry(entry)}`
  const areRelated = kin.get(pair) ?? areKin(task, entry)
  kin.set(pair, areRelated)
  return areRelated
}

/** The keys of tasks by the content hash of each of their versions. */
export function indexVersions(
  tasks: readonly CatalogueTask[],
  entries: readonly DatasetEntry[],
): ReadonlyMap<string, string> {
  const namesakes = Map.groupBy(tasks, ({ taskId }) => taskId)
  const versions = entries.flatMap((entry): [hash: string, key: string][] => {
    const task = namesakes.get(entry.task_id)?.find((other) => isVersionOf(other, entry))
    return task ? [[hashEntry(entry), task.key]] : []
  })
  return new Map([...versions, ...tasks.map(({ hash, key }): [string, string] => [hash, key])])
}

/** The task and version of the gallery that have this content. @param hash of an item of a run */
export function findView(
  tasks: readonly CatalogueTask[],
  entries: readonly DatasetEntry[],
  hash: string,
): { readonly task: string; readonly version: number } | undefined {
  const published = tasks.find((task) => task.hash === hash)
  if (published) return { task: published.key, version: 0 }
  const entry = entries.find((each) => hashEntry(each) === hash)
  const task = entry && tasks.find((each) => isVersionOf(each, entry))
  return task && { task: task.key, version: entry.version }
}

/** By content, so that edits of the file do not empty it: a comparison takes milliseconds, and there may be thousands of entries. */
const kin = new Map<string, boolean>()
const hashes = new WeakMap<DatasetEntry, string>()

function hashEntry(entry: DatasetEntry): string {
  const hash = hashes.get(entry) ?? hashTask(entry)
  hashes.set(entry, hash)
  return hash
}
