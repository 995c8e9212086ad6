import { readdir, stat } from 'node:fs/promises'
import { basename, dirname, join, resolve, sep } from 'node:path'
import type { z } from 'zod'
import { MalformedInput } from '../../domain/malformed-input.ts'
import { mapConcurrently } from '../../domain/map-concurrently.ts'
import type { DatasetEntry } from '../../domain/tasks/dataset-entry.ts'
import type { Pair, PosedTask, TaskName, TestPair } from '../../domain/tasks/task.ts'
import { hasCode, isMissing } from '../files/error-code.ts'
import { readJsonBy, type Reading } from '../files/read-json-by.ts'
import { readText } from '../files/read-text.ts'
import { datasetSchema, posedDatasetSchema, posedTaskSchema, taskSchema } from './task-schema.ts'

/** The result of reading one path: its tasks in the order of their file names, and every fault. */
export interface DatasetReading<Test extends TestPair = Pair> {
  readonly path: string
  readonly tasks: readonly (TaskName & PosedTask<Test>)[]
  readonly faults: readonly MalformedInput[]
}

/** The same as entries of a `dataset.json`, with every field of the files. */
interface EntriesReading<Test extends TestPair = Pair> {
  readonly entries: readonly PlacedEntry<Test>[]
  readonly faults: readonly MalformedInput[]
}

interface PlacedEntry<Test extends TestPair> {
  readonly entry: DatasetEntry<Test>
  readonly dataset: string
  readonly split: string
}

/** Files opened at once. */
const readTogether = 32

/** The schemas for a file of one task and for a list of tasks. */
interface Schemas<Test extends TestPair> {
  readonly task: z.ZodType<PosedTask<Test>>
  readonly dataset: z.ZodType<DatasetEntry<Test>[]>
}

const schemas: Schemas<Pair> = { task: taskSchema, dataset: datasetSchema }
const posedSchemas: Schemas<TestPair> = { task: posedTaskSchema, dataset: posedDatasetSchema }

/**
 * Reads a folder of task files (`.json`, recursively), one task file, or a `dataset.json`, which is a list of tasks with their
 * ids. A task with an unknown test output is a fault.
 *
 * @throws {MalformedInput} when the path does not exist, or holds no task
 */
export async function readDataset(path: string): Promise<DatasetReading> {
  return listTasks(path, await readPlaced(path, schemas))
}

/** Like `readDataset`, for callers that score nothing: outputs of test pairs may be missing. */
export async function readPosedTasks(path: string): Promise<DatasetReading<TestPair>> {
  return listTasks(path, await readPlaced(path, posedSchemas))
}

function listTasks<Test extends TestPair>(
  path: string,
  { entries, faults }: EntriesReading<Test>,
): DatasetReading<Test> {
  const tasks = entries.map(({ entry: { task_id, version, train, test, derived_from }, dataset, split }) => {
    const task = { taskId: task_id, version, train, test, dataset, split }
    return derived_from === undefined ? task : { ...task, derivedFrom: derived_from }
  })
  return { path, tasks, faults }
}

/** Like `readDataset`, for callers that must keep who signed a version and how it was derived. */
export async function readEntries(path: string): Promise<EntriesReading> {
  return readPlaced(path, schemas)
}

async function readPlaced<Test extends TestPair>(path: string, by: Schemas<Test>): Promise<EntriesReading<Test>> {
  const files = await listTaskFiles(path)
  if (files.length === 0) throw new MalformedInput(path, '', 'no .json file in this folder')
  const readings = await mapConcurrently(files, readTogether, (file) => readFileOfTasks(file, by))
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

/** Hidden files and folders belong to other programs, or to a download in progress. */
function isHidden(name: string): boolean {
  return name.split(sep).some((part) => part.startsWith('.'))
}

async function readFileOfTasks<Test extends TestPair>(file: string, by: Schemas<Test>): Promise<EntriesReading<Test>> {
  const text = await readTextOrFault(file)
  if (typeof text !== 'string') return { entries: [], faults: text.faults }
  const place = nameSplit(file)
  const isList = text.trimStart().startsWith('[')
  const reading = isList ? readJsonBy(by.dataset, text, file) : readTask(text, file, by)
  if ('faults' in reading) return { entries: [], faults: reading.faults }
  return { entries: reading.value.map((entry) => ({ entry, ...place })), faults: [] }
}

/** An unreadable file is a fault of that file alone; the others are still read. A folder may have a name like a file's. */
async function readTextOrFault(file: string): Promise<string | { readonly faults: readonly MalformedInput[] }> {
  try {
    return await readText(file)
  } catch (error) {
    if (hasCode(error, 'EISDIR')) return { faults: [] }
    if (!hasCode(error, 'ENOENT', 'EACCES', 'EPERM', 'ELOOP')) throw error
    return { faults: [new MalformedInput(file, '', `cannot be read: ${String(error)}`)] }
  }
}

/** The id of a single-task file is its name. */
function readTask<Test extends TestPair>(text: string, file: string, by: Schemas<Test>): Reading<DatasetEntry<Test>[]> {
  const reading = readJsonBy(by.task, text, file)
  if ('faults' in reading) return reading
  return { value: [{ task_id: basename(file, '.json'), version: 0, signed_by: [], ...reading.value }] }
}

/** Folder names that denote a split. */
const splitNames = new Set(['training', 'train', 'evaluation', 'eval', 'validation', 'test'])

/**
 * The dataset and the split of a file, from its folders: `arc-agi-1/data/training/x.json` belongs to dataset `arc-agi-1` and
 * split `training`. A folder whose name is not a split's is a dataset with the split `all`.
 */
function nameSplit(file: string): { readonly dataset: string; readonly split: string } {
  const folder = dirname(resolve(file))
  if (!splitNames.has(basename(folder))) return { dataset: basename(folder), split: 'all' }
  const parent = dirname(folder)
  const dataset = basename(parent) === 'data' ? basename(dirname(parent)) : basename(parent)
  return { dataset, split: basename(folder) }
}
