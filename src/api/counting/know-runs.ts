import type { RunFolder } from '../../adapters/stores/run-store.ts'
import type { RunNumbers } from '../../domain/results/run-document.ts'
import { isOpen, type RunRecord, type RunState } from '../../domain/runs/run.ts'
import type { ItemReference } from '../../domain/tasks/item.ts'
import type { RunProgress } from '../../runs/read-run-progress.ts'
import type { Place } from '../documents.ts'
import { keepFresh, type FreshValue } from './keep-fresh.ts'
import type { RunCounting } from './run-counting.ts'

/** What is known of a run now. */
export interface KnownRun {
  readonly run: RunRecord
  readonly state: RunState
  /** Where its tasks are from. */
  readonly places: readonly Place[]
  /** As they were last counted; undefined while they are counted for the first time. */
  readonly numbers: RunNumbers | undefined
  /** How far it is; undefined where it has ended. */
  readonly progress: RunProgress | undefined
}

/** An ended run hardly ever changes; an open one is looked at by pages that ask every second. */
const restMs = { ended: 10_000, open: 700 }

interface Entry {
  readonly run: RunRecord
  readonly places: readonly Place[]
  readonly ended: FreshValue<RunNumbers>
  readonly open: FreshValue<RunNumbers>
  readonly progress: FreshValue<RunProgress>
}

/**
 * Knows runs without counting them anew for everybody who asks.
 *
 * @returns a function that waits no longer than it is told to, and throws `DamagedRun` where a file that numbers come from cannot be read
 */
export function createRunKnowledge({
  countRun,
  readProgress,
}: RunCounting): (folder: RunFolder, patienceMs: number) => Promise<KnownRun> {
  const entries = new WeakMap<RunFolder, Entry>()

  async function begin(folder: RunFolder): Promise<Entry> {
    const count = () => countRun(folder)
    const entry = {
      // It never changes as long as the folder is the same.
      run: await folder.readRun(),
      places: listPlaces(await folder.listItems()),
      ended: keepFresh(count, restMs.ended),
      open: keepFresh(count, restMs.open),
      progress: keepFresh(() => readProgress(folder), restMs.open),
    }
    entries.set(folder, entry)
    return entry
  }

  return async (folder, patienceMs) => {
    const state = await folder.readState()
    const entry = entries.get(folder) ?? (await begin(folder))
    const basis = `${state.state} ${state.updated_at}`
    const isRunOpen = isOpen(state.state)
    const [numbers, progress] = await Promise.all([
      isRunOpen ? entry.open.recall(state.opened_at, patienceMs) : entry.ended.recall(basis, patienceMs),
      isRunOpen ? entry.progress.recall(basis, patienceMs) : undefined,
    ])
    return { run: entry.run, state, places: entry.places, numbers, progress }
  }
}

function listPlaces(items: readonly ItemReference[]): Place[] {
  const places = new Map(items.map(({ dataset, split }) => [JSON.stringify([dataset, split]), { dataset, split }]))
  return [...places.values()]
}
