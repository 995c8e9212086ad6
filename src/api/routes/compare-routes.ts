import { Hono } from 'hono'
import { compareSideBySide, explainRunCount } from '../../domain/compare/compare-side-by-side.ts'
import type { ComparedRun } from '../../domain/compare/compared-run.ts'
import type { CompareDocument } from '../documents.ts'
import type { Library } from '../library.ts'
import { openRun } from '../open-run.ts'
import { Problem } from '../problem.ts'
import { checkValue } from '../read-body.ts'
import { compareQuerySchema } from '../schemas.ts'

/** Comparisons of runs: the numbers of `arcloom compare`, and the tasks on which the runs differ. */
export function createCompareRoutes(library: Library): Hono {
  const routes = new Hono()

  routes.get('/', async (context) => {
    const { runs: names, common, all } = checkValue(compareQuerySchema, context.req.query())
    const runIds = [...new Set(names)]
    const excuse = explainRunCount(runIds.length)
    if (excuse !== undefined) throw new Problem(400, 'malformed', excuse, 'runs')
    const runs: ComparedRun[] = []
    // One after the other: reading a run already reads several records at once.
    for (const runId of runIds) runs.push(await library.counting.readCompared(await openRun(library, runId)))
    const compared = compareSideBySide(runs, { common, all })
    if (compared.outcome === 'refused') throw new Problem(409, compared.type, compared.message)
    const { comparison, leftOut, tasks } = compared
    const document: CompareDocument = { comparison, left_out: leftOut, tasks }
    return context.json(document)
  })
  return routes
}
