import type { RunFolder } from '../../adapters/stores/run-store.ts'
import type { RunNumbers } from '../../domain/results/run-document.ts'
import { isOpen, type RunRecord, type RunState } from '../../domain/runs/run.ts'
import type { ItemReference } from '../../domain/tasks/item.ts'
import type { RunProgress } from '../../runs/read-run-progress.ts'
import type { Place } from '../documents.ts'
import { keepFresh, type FreshValue } from './keep-fresh.ts'
import { pickFigures, type RunFigures } from './pick-figures.ts'
import type { RunCounting } from './run-counting.ts'

/** What is known of a run now. */
export interface KnownRun {
  readonly run: RunRecord
  readonly state: RunState
  /** Where its tasks are from. */
  readonly places: readonly Place[]
  /** As they were last counted; undefined while they are counted for the first time. */
  readonly figures: RunFigures | undefined
  /** Undefined if it has ended. */
  readonly progress: RunProgress | undefined
}

/** An ended run hardly ever changes; an open one is looked at by pages that ask every second. */
const restMs = { ended: 10_000, open: 700 }

export interface RunKnowledge {
  /**
   * Returns what is known of a run, within `patienceMs`.
   *
   * @throws {DamagedRun} if a file that numbers come from cannot be read
   */
  look(folder: RunFolder, patienceMs: number): Promise<KnownRun>
  /** All numbers of a run, as last counted. Right after `look` they are usually still in memory. */
  readNumbers(folder: RunFolder, patienceMs: number): Promise<RunNumbers | undefined>
}

/** Numbers name every task of a run, so hundreds of them may not fit into memory: only the figures are sure to be kept. */
interface Counted {
  readonly figures: RunFigures
  readonly numbers: WeakRef<RunNumbers>
}

interface Entry {
  /** When the run was last opened: what was known of it before is not true any more. */
  readonly openedAt: string
  readonly run: RunRecord
  readonly places: readonly Place[]
  readonly ended: FreshValue<Counted>
  readonly open: FreshValue<Counted>
  readonly progress: FreshValue<RunProgress>
}

/** Shares one count of each run among everybody who asks for it. */
export function createRunKnowledge({
  countRun,
  readProgress,
}: Pick<RunCounting, 'countRun' | 'readProgress'>): RunKnowledge {
  const entries = new WeakMap<RunFolder, Entry>()

  async function begin(folder: RunFolder, openedAt: string): Promise<Entry> {
    const count = async () => {
      const numbers = await countRun(folder)
      return { figures: pickFigures(numbers), numbers: new WeakRef(numbers) }
    }
    const entry = {
      openedAt,
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

  async function recall(folder: RunFolder, patienceMs: number) {
    const state = await folder.readState()
    const previous = entries.get(folder)
    const entry = previous?.openedAt === state.opened_at ? previous : await begin(folder, state.opened_at)
    const basis = `${state.state} ${state.updated_at}`
    const isRunOpen = isOpen(state.state)
    const [counted, progress] = await Promise.all([
      isRunOpen ? entry.open.recall(state.opened_at, patienceMs) : entry.ended.recall(basis, patienceMs),
      isRunOpen ? entry.progress.recall(basis, patienceMs) : undefined,
    ])
    return { entry, state, counted, progress }
  }

  return {
    async look(folder, patienceMs) {
      const { entry, state, counted, progress } = await recall(folder, patienceMs)
      return { run: entry.run, state, places: entry.places, figures: counted?.figures, progress }
    },

    async readNumbers(folder, patienceMs) {
      const { state, counted } = await recall(folder, patienceMs)
      const numbers = counted?.numbers.deref()
      if (counted === undefined || numbers !== undefined) return numbers
      // Those of an ended run are stored; an open run is counted again within a second, and whoever watches it asks again.
      return isOpen(state.state) ? undefined : countRun(folder)
    },
  }
}

function listPlaces(items: readonly ItemReference[]): Place[] {
  const places = new Map(items.map(({ dataset, split }) => [JSON.stringify([dataset, split]), { dataset, split }]))
  return [...places.values()]
}
