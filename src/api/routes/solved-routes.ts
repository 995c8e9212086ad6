import { Hono } from 'hono'
import type { RunFolder } from '../../adapters/stores/run-store.ts'
import { givesGrids } from '../../domain/runs/run.ts'
import type { ItemReference } from '../../domain/tasks/item.ts'
import { readSolved } from '../../runs/read-solved.ts'
import type { RunCounting } from '../counting/run-counting.ts'
import type { SolvedDocument } from '../documents.ts'
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
    const [tasks, entries] = await Promise.all([listAllTasks(library), library.dataset.read()])
    const keys = indexVersions(tasks, entries)
    const solved = new Set<string>()
    const unsolved = new Set<string>()
    for (const { outcomes, items } of runs) {
      for (const { key, hash } of items) {
        const task = keys.get(hash)
        const isSolved = outcomes.get(key)
        if (task !== undefined && isSolved !== undefined) (isSolved ? solved : unsolved).add(task)
      }
    }
    const document: SolvedDocument = { solved: [...solved].sort(), unsolved: [...unsolved.difference(solved)].sort() }
    return context.json(document)
  })

  async function readJudgedRuns(): Promise<Outcomes[]> {
    const { sound } = await sortOutDamaged(await library.runs.listRuns(), async (runId) => {
      const folder = await library.runs.openRun(runId)
      return givesGrids(await folder.readRun()) ? readOutcomes(folder, library.counting) : undefined
    })
    return sound.filter((run) => run !== undefined)
  }
  return routes
}

interface Outcomes {
  readonly items: readonly ItemReference[]
  readonly outcomes: ReadonlyMap<string, boolean>
}

async function readOutcomes(folder: RunFolder, { countRun }: RunCounting): Promise<Outcomes> {
  return { outcomes: await readSolved(folder, countRun), items: await folder.listItems() }
}
