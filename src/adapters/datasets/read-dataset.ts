import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, dirname, join, resolve, sep } from 'node:path'
import type { DatasetEntry } from '../../domain/dataset-entry.ts'
import { MalformedInput } from '../../domain/malformed-input.ts'
import { mapConcurrently } from '../../domain/map-concurrently.ts'
import type { Task } from '../../domain/task.ts'
import { isMissing } from '../error-code.ts'
import { readJsonBy, type Reading } from '../read-json-by.ts'
import { datasetSchema, taskSchema } from './task-schema.ts'

/** What was read at one path: its tasks in the order of their files' names, and every fault that was found. */
export interface DatasetReading {
  readonly path: string
  readonly tasks: readonly Task[]
  readonly faults: readonly MalformedInput[]
}

/** The same as entries of a `dataset.json`, with everything that the files say. */
export interface EntriesReading {
  readonly entries: readonly PlacedEntry[]
  readonly faults: readonly MalformedInput[]
}

interface PlacedEntry {
  readonly entry: DatasetEntry
  readonly dataset: string
  readonly split: string
}

/** Files opened at once. */
const readTogether = 32

/**
 * Reads a folder of task files (`.json`, recursively), one task file, or a `dataset.json`, a list of tasks with their ids.
 *
 * @throws {MalformedInput} when there is nothing at the path, or no task in it
 */
export async function readDataset(path: string): Promise<DatasetReading> {
  const { entries, faults } = await readEntries(path)
  const tasks = entries.map(({ entry: { task_id, version, train, test, derived_from }, dataset, split }) => {
    const task = { taskId: task_id, version, train, test, dataset, split }
    return derived_from === undefined ? task : { ...task, derivedFrom: derived_from }
  })
  return { path, tasks, faults }
}

/** As `readDataset`, for what must not lose who signed a version and how it came about. */
export async function readEntries(path: string): Promise<EntriesReading> {
  const files = await listTaskFiles(path)
  if (files.length === 0) throw new MalformedInput(path, '', 'no .json file in this folder')
  const readings = await mapConcurrently(files, readTogether, readFileOfTasks)
  return {
    entries: readings.flatMap((reading) => reading.entries),
    faults: readings.flatMap((reading) => reading.faults),
  }
}

async function listTaskFiles(path: string): Promise<string[]> {
  const stats = await stat(path).catch((error: unknown) => {
    if (isMissing(error)) throw new MalformedInput(path, '', 'there is no such file or folder')
    throw error
  })
  if (!stats.isDirectory()) return [path]
  const names = await readdir(path, { recursive: true })
  return names
    .filter((name) => name.endsWith('.json') && !isHidden(name))
    .sort()
    .map((name) => join(path, name))
}

/** Hidden files and folders are other programs' own, such as what is being fetched. */
function isHidden(name: string): boolean {
  return name.split(sep).some((part) => part.startsWith('.'))
}

async function readFileOfTasks(file: string): Promise<EntriesReading> {
  const text = await readFile(file, 'utf8')
  const place = nameSplit(file)
  const isList = text.trimStart().startsWith('[')
  const read = isList ? readJsonBy(datasetSchema, text, file) : readTask(text, file)
  if ('faults' in read) return { entries: [], faults: read.faults }
  return { entries: read.value.map((entry) => ({ entry, ...place })), faults: [] }
}

/** A file of one task is called by its id. */
function readTask(text: string, file: string): Reading<DatasetEntry[]> {
  const read = readJsonBy(taskSchema, text, file)
  if ('faults' in read) return read
  return { value: [{ task_id: basename(file, '.json'), version: 0, signed_by: [], ...read.value }] }
}

/** Folder names that say which part of a dataset they hold. */
const splitNames = new Set(['training', 'train', 'evaluation', 'eval', 'validation', 'test'])

/**
 * The dataset and the split that a file belongs to, by its folders: `arc-agi-1/data/training/x.json` is of dataset
 * `arc-agi-1` and split `training`. A folder that is called like no split is a dataset with the split `all`.
 */
function nameSplit(file: string): { readonly dataset: string; readonly split: string } {
  const folder = dirname(resolve(file))
  if (!splitNames.has(basename(folder))) return { dataset: basename(folder), split: 'all' }
  const above = dirname(folder)
  const dataset = basename(above) === 'data' ? basename(dirname(above)) : basename(above)
  return { dataset, split: basename(folder) }
}
