import { setImmediate } from 'node:timers/promises'
import type { RunFolder } from '../adapters/stores/run-store.ts'
import { mapConcurrently } from '../domain/map-concurrently.ts'
import { findNearestMiss } from '../domain/results/nearest-miss.ts'
import { listSelectedSamples, markLetters, markSample } from '../domain/results/sample-mark.ts'
import { chosenRound, type ItemRecord } from '../domain/runs/record.ts'
import { givesGrids } from '../domain/runs/run.ts'
import { resolveItem, tallyItem, type Resolution } from '../domain/scores/tally-item.ts'
import type { ItemReference } from '../domain/tasks/item.ts'
import type { TaskPairs } from '../domain/tasks/task.ts'

/** What a run's matrix shows of one task: small, because a run has thousands. */
export interface MatrixRow {
  readonly item: string
  /** The first 16 hex digits of the hash of its content: tasks of two runs are the same if these are. */
  readonly content: string
  readonly task_id: string
  readonly version: number
  readonly dataset: string
  readonly split: string
  /** Null in a run that gives no grids. */
  readonly resolution: Resolution | null
  /** One letter a sample, see `markLetters`; empty while the task is not recorded. */
  readonly marks: string
  /** Indexes of the samples that gave a selected attempt. */
  readonly selected: readonly number[]
  /** Indexes of the samples whose program is right on every train pair. */
  readonly passed_train: readonly number[]
  /** The sample nearest to the test outputs, of a task that no sample has right; over all its test cells. */
  readonly nearest: { readonly sample: number; readonly cells: number; readonly cells_right: number } | null
  /** Why the task failed, where that is not the model's fault. */
  readonly failure: string | null
}

/** Records read at once: each may hold many grids. */
const readTogether = 8

export interface MatrixReader {
  /** Reads what was recorded since the last time. Each record is read once. */
  read(): Promise<void>
  /** Every task of the run as far as it was read, in the run's order. */
  rows(): MatrixRow[]
  /** Grows whenever a row changes. */
  revision(): number
}

/** Reads a run's matrix step by step, so that a large one can be shown while it is being read. */
export function createMatrixReader(folder: RunFolder): MatrixReader {
  const rows = new Map<string, MatrixRow>()
  const readKeys = new Set<string>()
  let revision = 0
  const put = (row: MatrixRow) => {
    rows.set(row.item, row)
    revision += 1
  }
  return {
    async read() {
      const [run, items] = await Promise.all([folder.readRun(), folder.listItems()])
      const isJudged = givesGrids(run)
      // Before records: an item that failed and is being recorded now is seen as one or the other.
      const failures = new Map((await folder.listFailures()).map(({ item, reason }) => [item, reason]))
      const recordedKeys = new Set(await folder.listRecorded())
      for (const item of items) {
        const failure = failures.get(item.key) ?? null
        if (readKeys.has(item.key) || rows.get(item.key)?.failure === failure) continue
        put(describeUnrecorded(item, isJudged, failure))
      }
      const newItems = items.filter(({ key }) => recordedKeys.has(key) && !readKeys.has(key))
      await mapConcurrently(newItems, readTogether, async (item) => {
        const [record, task] = await Promise.all([folder.findRecord(item.key), folder.readPairs(item.hash)])
        // Local files are read without waiting: whoever else asks is answered in between.
        await setImmediate()
        if (record === undefined) return
        put(describeRecorded(item, task, record, isJudged))
        readKeys.add(item.key)
      })
    },
    rows: () => [...rows.values()],
    revision: () => revision,
  }
}

function describeRecorded(item: ItemReference, task: TaskPairs, record: ItemRecord, judged: boolean): MatrixRow {
  const resolution = judged ? resolveItem(tallyItem(item, task, record)) : null
  const miss = resolution === 'no-right-candidate' ? findNearestMiss(item, task, record) : undefined
  return {
    ...nameItem(item),
    resolution,
    marks: record.samples.map((sample) => markLetters[markSample(sample, task, judged)]).join(''),
    selected: judged ? listSelectedSamples(record, task) : [],
    passed_train: record.samples.flatMap((sample, index) => (chosenRound(sample).run?.train_correct ? [index] : [])),
    nearest: miss ? { sample: miss.sample, cells: miss.cells, cells_right: miss.cells_right } : null,
    failure: null,
  }
}

function describeUnrecorded(item: ItemReference, judged: boolean, failure: string | null): MatrixRow {
  return {
    ...nameItem(item),
    resolution: judged ? 'not-recorded' : null,
    marks: '',
    selected: [],
    passed_train: [],
    nearest: null,
    failure,
  }
}

function nameItem({ key, hash, task_id, version, dataset, split }: ItemReference) {
  return { item: key, content: hash.slice(0, 16), task_id, version, dataset, split }
}
