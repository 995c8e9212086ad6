import { z } from 'zod'
import type { DatasetEntry } from '../../domain/tasks/dataset-entry.ts'
import { mergeDatasets, type DatasetMerge, type DatasetSource } from '../../domain/tasks/merge-datasets.ts'
import { putEntry } from '../../domain/tasks/put-entry.ts'
import { signVersion, type Signed, type Signing } from '../../domain/tasks/sign-version.ts'
import { createJsonFile } from '../files/json-file.ts'
import { readJsonBy } from '../files/read-json-by.ts'
import { createRemovedLog } from '../files/removed-log.ts'
import { posedDatasetSchema, posedEntrySchema } from './task-schema.ts'

interface VersionName {
  readonly taskId: string
  readonly version: number
}

/** `dataset.json`: the versions of tasks that people signed. Any number of processes may use it at once. */
export interface DatasetFile {
  /** @throws {MalformedInput} for the first fault, when the file was edited outside Arcloom */
  read(): Promise<readonly DatasetEntry[]>
  sign(signing: Signing): Promise<Signed>
  /** @returns the removed entry; undefined when there was none */
  remove(name: VersionName, by: string): Promise<DatasetEntry | undefined>
  /** Undoes the last removal of a version. @returns undefined when the version is present, or was never removed */
  restore(name: VersionName): Promise<DatasetEntry | undefined>
  /** Merges other datasets; if there is any conflict, nothing is merged. */
  merge(sources: readonly DatasetSource[]): Promise<DatasetMerge>
}

const removedSchema = z.object({ removed_at: z.string(), removed_by: z.string(), entry: posedEntrySchema })

/** @param path of the file, created by the first edit; removed entries are kept beside it, in `….removed.jsonl` */
export function createDatasetFile(path: string): DatasetFile {
  const file = createJsonFile(path, { parse: parseDataset, render: renderDataset, begin: async () => [] })
  const removedPath = path.replace(/(\.json)?$/, '.removed.jsonl')
  const removedLog = createRemovedLog<DatasetEntry>(removedPath, removedSchema)
  const listRemoved = async () => (await removedLog.list()).map(({ entry }) => entry)
  return {
    read: () => file.read(),
    sign: (signing) =>
      file.edit(async (entries) => {
        const signed = signVersion(entries, await listRemoved(), signing)
        const changes = signed.outcome === 'added' || signed.outcome === 'signed'
        return { value: changes ? putEntry(entries, signed.entry) : undefined, result: signed }
      }),
    remove: (name, by) =>
      file.edit(async (entries) => {
        const entry = findEntry(entries, name)
        if (entry === undefined) return { result: undefined }
        await removedLog.append({ removed_at: new Date().toISOString(), removed_by: by, entry })
        return { value: entries.filter((other) => other !== entry), result: entry }
      }),
    restore: (name) =>
      file.edit(async (entries) => {
        const entry = findEntry(entries, name) === undefined ? findEntry(await listRemoved(), name) : undefined
        return { value: entry && putEntry(entries, entry), result: entry }
      }),
    merge: (sources) =>
      file.edit(async (entries) => {
        const removedSource = { name: removedPath, entries: await listRemoved() }
        const result = mergeDatasets({ name: path, entries }, removedSource, sources)
        return { value: result.conflicts.length === 0 ? result.entries : undefined, result }
      }),
  }
}

function findEntry(entries: readonly DatasetEntry[], { taskId, version }: VersionName): DatasetEntry | undefined {
  return entries.findLast((entry) => entry.task_id === taskId && entry.version === version)
}

function parseDataset(text: string, file: string): readonly DatasetEntry[] {
  const reading = readJsonBy(posedDatasetSchema, text, file)
  if ('value' in reading) return reading.value
  throw reading.faults[0]
}

/** One entry per line: the file is large, and people look at parts of it. */
export function renderDataset(entries: readonly DatasetEntry[]): string {
  return `[${entries.map((entry) => `\n${JSON.stringify(entry)}`).join(',')}\n]\n`
}
