import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { MalformedInput } from '../../domain/malformed-input.ts'
import { pickPairs } from '../../domain/tasks/dataset-entry.ts'
import { keyItems } from '../../domain/tasks/item.ts'
import type { PosedTask, TaskName, TestPair } from '../../domain/tasks/task.ts'
import { hashText } from '../files/hash.ts'
import { orWhenMissing } from '../files/or-when-missing.ts'
import { hashTask } from './hash-task.ts'
import { readPosedTasks, type DatasetReading } from './read-dataset.ts'

/** One task of the catalogue: one content under one id, in all its places. */
export interface CatalogueTask extends PosedTask {
  /** Named like items of runs: the id, with eight hex digits of the hash if several contents share it. */
  readonly key: string
  readonly taskId: string
  /** SHA-256 of the pairs, as for items. */
  readonly hash: string
  /** Every dataset and split that holds exactly this content, in reading order. */
  readonly places: readonly { readonly dataset: string; readonly split: string }[]
}

export interface Catalogue {
  readonly tasks: readonly CatalogueTask[]
  /** What could not be read. */
  readonly faults: readonly MalformedInput[]
  /** Changes whenever any of its files does. */
  readonly fingerprint: string
}

export interface CatalogueOptions {
  /** Folders of task files; a missing one counts as empty. */
  readonly folders: readonly string[]
  /** Folders that hold such folders, or files that are datasets. */
  readonly shelves: readonly string[]
  readonly nowMs: () => number
}

/** Interval between two checks of the files. */
const lookAgainMs = 1_000

/**
 * All task folders as one list, read again when one of their files changes. A task that several datasets share is listed once,
 * with all its places.
 */
export function createCatalogue({ folders, shelves, nowMs }: CatalogueOptions): { read(): Promise<Catalogue> } {
  const readings = new Map<string, { readonly fingerprint: string; readonly reading: DatasetReading<TestPair> }>()
  let current: Catalogue | undefined
  let lookedAt = -Infinity
  let looking: Promise<Catalogue> | undefined

  async function look(): Promise<Catalogue> {
    const paths = [...folders, ...(await Promise.all(shelves.map(listShelf))).flat()]
    const fingerprints = await Promise.all(paths.map(takeFingerprint))
    const fingerprint = hashText(fingerprints.join('\n'))
    lookedAt = nowMs()
    if (current?.fingerprint === fingerprint) return current
    for (const [index, path] of paths.entries()) {
      const print = fingerprints[index] ?? ''
      if (readings.get(path)?.fingerprint !== print)
        readings.set(path, { fingerprint: print, reading: await tryRead(path) })
    }
    const currentReadings = paths.flatMap((path) => readings.get(path)?.reading ?? [])
    current = {
      tasks: listTasks(currentReadings.flatMap((reading) => reading.tasks)),
      faults: currentReadings.flatMap((reading) => reading.faults),
      fingerprint,
    }
    return current
  }

  return {
    async read() {
      if (current && nowMs() - lookedAt < lookAgainMs) return current
      looking ??= look().finally(() => (looking = undefined))
      return looking
    },
  }
}

async function listShelf(shelf: string): Promise<string[]> {
  const entries = await orWhenMissing(readdir(shelf, { withFileTypes: true }), [])
  return entries
    .filter((entry) => !entry.name.startsWith('.') && (!entry.isFile() || entry.name.endsWith('.json')))
    .map(({ name }) => join(shelf, name))
    .sort()
}

/** Names, sizes and times of all task files of a folder, or of a single file. */
async function takeFingerprint(path: string): Promise<string> {
  const files = (await listFiles(path)).filter((name) => name.endsWith('.json')).sort()
  const stats = await Promise.all(files.map((file) => orWhenMissing(stat(file), undefined)))
  return hashText([path, ...files.map((file, at) => `${file} ${stats[at]?.size} ${stats[at]?.mtimeMs}`)].join('\n'))
}

async function listFiles(path: string): Promise<string[]> {
  const stats = await orWhenMissing(stat(path), undefined)
  if (!stats?.isDirectory()) return stats ? [path] : []
  const names = await orWhenMissing(readdir(path, { recursive: true }), [])
  return names.map((name) => join(path, name))
}

/** Here a folder without tasks counts as empty; it is not an error. */
async function tryRead(folder: string): Promise<DatasetReading<TestPair>> {
  try {
    return await readPosedTasks(folder)
  } catch (error) {
    if (error instanceof MalformedInput) return { path: folder, tasks: [], faults: [] }
    throw error
  }
}

function listTasks(tasks: readonly (TaskName & PosedTask)[]): CatalogueTask[] {
  const hashed = tasks
    .filter(({ version }) => version === 0)
    .map((task) => {
      const { taskId, version, dataset, split } = task
      return { task_id: taskId, version, hash: hashTask(task), dataset, split, ...pickPairs(task) }
    })
  const places = Map.groupBy(hashed, ({ task_id, hash }) => `${task_id}\0${hash}`)
  return keyItems(hashed).flatMap(({ key, task_id, hash }) => {
    const twins = places.get(`${task_id}\0${hash}`) ?? []
    return twins.slice(0, 1).map(({ train, test }) => ({
      key,
      taskId: task_id,
      hash,
      places: twins.map(({ dataset, split }) => ({ dataset, split })),
      train,
      test,
    }))
  })
}

/**
 * The task with this name: its key; else its id if only one task has it; else the id with the hash, which stays valid when a
 * dataset that shared the id is removed.
 */
export function findTask(tasks: readonly CatalogueTask[], name: string): CatalogueTask | undefined {
  const byKey = tasks.find((task) => task.key === name)
  if (byKey) return byKey
  const byId = listById(tasks, name)
  if (byId.length > 0) return byId.length === 1 ? byId[0] : undefined
  return tasks.find((task) => name === `${task.taskId}-${task.hash.slice(0, 8)}`)
}

export function listById(tasks: readonly CatalogueTask[], taskId: string): CatalogueTask[] {
  return tasks.filter((task) => task.taskId === taskId)
}
