import { setImmediate } from 'node:timers/promises'
import type { RunFolder } from '../adapters/stores/run-store.ts'
import { nameTask } from '../domain/format.ts'
import { mapConcurrently } from '../domain/map-concurrently.ts'
import { isSolved } from '../domain/results/is-solved.ts'
import type { RunNumbers } from '../domain/results/run-document.ts'
import { isOpen } from '../domain/runs/run.ts'
import type { ItemReference } from '../domain/tasks/item.ts'

/** Whether each recorded item of a run is solved, by item key. */
export type Solved = ReadonlyMap<string, boolean>

type CountRun = (folder: RunFolder) => Promise<RunNumbers>

/** Records read concurrently: each may contain many grids. */
const readTogether = 8

/** A run that has ended hardly ever changes, and the page asks for all of them often. */
const lookEveryMs = 10_000

const ofOpenRuns = new WeakMap<RunFolder, Map<string, boolean>>()
const ofEndedRuns = new WeakMap<RunFolder, { readonly basis: string; readonly atMs: number; solved: Promise<Solved> }>()

/**
 * Whether each recorded item of a run with grids is solved. For a run that has ended, the stored numbers say so, after a check that
 * the files they come from are intact; for an open run, each record is read once.
 *
 * @param countRun see `recallNumbers`
 * @throws {DamagedRun}
 */
export async function readSolved(folder: RunFolder, countRun: CountRun): Promise<Solved> {
  const { state, updated_at } = await folder.readState()
  if (isOpen(state)) return readEach(folder)
  const basis = `${state} ${updated_at}`
  const last = ofEndedRuns.get(folder)
  if (last?.basis === basis && performance.now() - last.atMs < lookEveryMs) return last.solved
  const solved = recall(folder, countRun)
  ofEndedRuns.set(folder, { basis, atMs: performance.now(), solved })
  // The damage may be repaired later.
  solved.catch(() => ofEndedRuns.delete(folder))
  return solved
}

async function recall(folder: RunFolder, countRun: CountRun): Promise<Solved> {
  const { counts } = await countRun(folder)
  const [solved, unsolved] = [new Set(counts.solved), new Set(counts.unsolved)]
  const items = await folder.listItems()
  // If two items have the same name, the numbers do not say which is which.
  const byAmbiguity = Map.groupBy(items, (item) => solved.has(nameTask(item)) && unsolved.has(nameTask(item)))
  const certain = (byAmbiguity.get(false) ?? []).flatMap((item): [string, boolean][] => {
    const isAmong = (names: ReadonlySet<string>) => names.has(nameTask(item))
    return isAmong(solved) ? [[item.key, true]] : isAmong(unsolved) ? [[item.key, false]] : []
  })
  const doubtful = await mapConcurrently(byAmbiguity.get(true) ?? [], readTogether, async (item) =>
    readOne(folder, item),
  )
  return new Map([...certain, ...doubtful.flat()])
}

/** While a run is open, a record is written once. */
async function readEach(folder: RunFolder): Promise<Solved> {
  const solved = ofOpenRuns.get(folder) ?? new Map<string, boolean>()
  ofOpenRuns.set(folder, solved)
  const [items, recordedKeys] = await Promise.all([folder.listItems(), folder.listRecorded()])
  const isNew = new Set(recordedKeys.filter((key) => !solved.has(key)))
  const results = await mapConcurrently(
    items.filter(({ key }) => isNew.has(key)),
    readTogether,
    (item) => readOne(folder, item),
  )
  for (const [key, isRight] of results.flat()) solved.set(key, isRight)
  return solved
}

/** @returns undefined if the item is not recorded */
async function readOne(folder: RunFolder, { key, hash }: ItemReference): Promise<[string, boolean][]> {
  const [record, pairs] = await Promise.all([folder.findRecord(key), folder.readPairs(hash)])
  await setImmediate()
  return record ? [[key, isSolved(record, pairs)]] : []
}
