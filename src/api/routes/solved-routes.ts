import { Hono } from 'hono'
import type { RunFolder } from '../../adapters/stores/run-store.ts'
import { givesGrids } from '../../domain/runs/run.ts'
import type { ItemReference } from '../../domain/tasks/item.ts'
import { isSolvedByHand } from '../../domain/tasks/progress.ts'
import { readSolved } from '../../runs/read-solved.ts'
import type { RunCounting } from '../counting/run-counting.ts'
import type { SolvedDocument, SolveRate, SolveRatesDocument } from '../documents.ts'
import { indexVersions, listAllTasks, type Library } from '../library.ts'
import { openRun } from '../open-run.ts'
import { sortOutDamaged } from '../sort-out-damaged.ts'

/** Which tasks were asked and solved, by one run or by all runs that give grids. */
export function createSolvedRoutes(library: Library): Hono {
  const routes = new Hono()

  routes.get('/', async (context) => {
    const runId = context.req.query('run')
    const runs =
      runId === undefined
        ? await readJudgedRuns()
        : [await readOutcomes(await openRun(library, runId), library.counting)]
    const outcomes = (await mapToTasks(runs)).flatMap((run) => [...run])
    const solved = new Set(outcomes.filter(([, isSolved]) => isSolved).map(([key]) => key))
    const unsolved = new Set(outcomes.map(([key]) => key)).difference(solved)
    const document: SolvedDocument = { solved: [...solved].sort(), unsolved: [...unsolved].sort() }
    return context.json(document)
  })

  routes.get('/rates', async (context) => {
    const [runs, progress, tasks] = await Promise.all([
      readJudgedRuns().then(mapToTasks),
      library.progress.read(),
      listAllTasks(library),
    ])
    const keys = new Map(tasks.map(({ key, hash }) => [hash, key]))
    const people = Object.values(progress.people).map((entries) =>
      mergeOutcomes(Object.values(entries).map((entry): Outcome => [keys.get(entry.task_hash), isSolvedByHand(entry)])),
    )
    const document: SolveRatesDocument = { runs: countRates(runs), people: countRates(people) }
    return context.json(document)
  })

  /** For each run, whether it solved a task of the gallery: in any version. */
  async function mapToTasks(runs: readonly Outcomes[]): Promise<ReadonlyMap<string, boolean>[]> {
    const [tasks, entries] = await Promise.all([listAllTasks(library), library.dataset.read()])
    const keys = indexVersions(tasks, entries)
    return runs.map(({ items, outcomes }) =>
      mergeOutcomes(items.map(({ key, hash }): Outcome => [keys.get(hash), outcomes.get(key)])),
    )
  }

  async function readJudgedRuns(): Promise<Outcomes[]> {
    const { sound } = await sortOutDamaged(await library.runs.listRuns(), async (runId) => {
      const folder = await library.runs.openRun(runId)
      return givesGrids(await folder.readRun()) ? readOutcomes(folder, library.counting) : undefined
    })
    return sound.filter((run) => run !== undefined)
  }
  return routes
}

/** Either is undefined if it is unknown: then it does not count. */
type Outcome = readonly [task: string | undefined, isSolved: boolean | undefined]

/** A task is solved if it is in one of its versions. */
function mergeOutcomes(outcomes: readonly Outcome[]): ReadonlyMap<string, boolean> {
  const merged = new Map<string, boolean>()
  for (const [task, isSolved] of outcomes) {
    if (task !== undefined && isSolved !== undefined) merged.set(task, isSolved || merged.get(task) === true)
  }
  return merged
}

function countRates(all: readonly ReadonlyMap<string, boolean>[]): Readonly<Record<string, SolveRate>> {
  const rates = new Map<string, SolveRate>()
  for (const [task, isSolved] of all.flatMap((outcomes) => [...outcomes])) {
    const [solved, tried] = rates.get(task) ?? [0, 0]
    rates.set(task, [solved + Number(isSolved), tried + 1])
  }
  return Object.fromEntries(rates)
}

interface Outcomes {
  readonly items: readonly ItemReference[]
  readonly outcomes: ReadonlyMap<string, boolean>
}

async function readOutcomes(folder: RunFolder, { countRun }: RunCounting): Promise<Outcomes> {
  return { outcomes: await readSolved(folder, countRun), items: await folder.listItems() }
}
