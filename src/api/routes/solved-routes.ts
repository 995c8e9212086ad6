import { Hono } from 'hono'
import type { RunFolder } from '../../adapters/stores/run-store.ts'
import { givesGrids } from '../../domain/run.ts'
import type { SolvedDocument } from '../documents.ts'
import { indexVersions, listAllTasks, type Library } from '../library.ts'
import { openRun } from '../open-run.ts'
import { readSolved } from '../read-solved.ts'

/** Which tasks runs solved, and which they were asked: of one run, or of all that give grids. */
export function createSolvedRoutes(library: Library): Hono {
  const routes = new Hono()

  routes.get('/', async (context) => {
    const runId = context.req.query('run')
    const folders = runId === undefined ? await openJudgedRuns() : [await openRun(library, runId)]
    const [tasks, entries] = await Promise.all([listAllTasks(library), library.dataset.read()])
    const keys = indexVersions(tasks, entries)
    const solved = new Set<string>()
    const unsolved = new Set<string>()
    for (const folder of folders) {
      const outcomes = await readSolved(folder)
      for (const { key, hash } of await folder.listItems()) {
        const task = keys.get(hash)
        const isSolved = outcomes.get(key)
        if (task !== undefined && isSolved !== undefined) (isSolved ? solved : unsolved).add(task)
      }
    }
    const document: SolvedDocument = { solved: [...solved].sort(), unsolved: [...unsolved.difference(solved)].sort() }
    return context.json(document)
  })

  async function openJudgedRuns(): Promise<RunFolder[]> {
    const folders = await Promise.all((await library.runs.listRuns()).map((runId) => library.runs.openRun(runId)))
    const judged = await Promise.all(folders.map(async (folder) => givesGrids(await folder.readRun())))
    return folders.filter((_, index) => judged[index])
  }
  return routes
}
