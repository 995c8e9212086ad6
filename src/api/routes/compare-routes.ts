import { Hono } from 'hono'
import { compareRuns, describeTaskDifferences } from '../../domain/compare/compare-runs.ts'
import type { ComparedRun } from '../../domain/compare/compared-run.ts'
import { listDifferingTasks } from '../../domain/compare/list-differing-tasks.ts'
import { createComparedRuns } from '../../runs/create-compared-runs.ts'
import type { CompareDocument } from '../documents.ts'
import type { Library } from '../library.ts'
import { openRun } from '../open-run.ts'
import { Problem } from '../problem.ts'
import { checkValue } from '../read-body.ts'
import { compareQuerySchema, maxComparedRuns } from '../schemas.ts'

/** Comparisons of runs: the numbers of `arcloom compare`, and the tasks on which the runs differ. */
export function createCompareRoutes(library: Library): Hono {
  const routes = new Hono()
  const recall = createComparedRuns()

  routes.get('/', async (context) => {
    const { runs: names, common, all } = checkValue(compareQuerySchema, context.req.query())
    const runIds = [...new Set(names)]
    if (runIds.length < 2 || runIds.length > maxComparedRuns) {
      throw new Problem(
        400,
        'malformed',
        `runs: ${runIds.length} given; 2 to ${maxComparedRuns} can be compared`,
        'runs',
      )
    }
    const runs: ComparedRun[] = []
    // One after the other: reading a run already reads several records at once.
    for (const runId of runIds) runs.push(await recall(await openRun(library, runId)))
    const unscored = runs.filter(({ document }) => document.scores === null).map(({ document }) => document.run_id)
    if (unscored.length > 0) {
      throw new Problem(
        409,
        'no-scores',
        `${unscored.join(', ')} cannot be compared: only runs of \`benchmark\` and \`generate code\` have scores.`,
      )
    }
    const leftOut = describeTaskDifferences(runs)
    if (leftOut.length > 0 && !common) {
      const words = 'The runs have different tasks.'
      throw new Problem(409, 'different-tasks', `${words} ${leftOut.join('. ')}.`)
    }
    const comparison = compareRuns(runs, { allTasks: all })
    if (comparison.pairs.length === 0) {
      throw comparison.basis === 'recorded'
        ? new Problem(409, 'nothing-recorded', 'No task has been recorded by all of these runs yet.')
        : new Problem(409, 'no-common-tasks', 'These runs have no task in common.')
    }
    const document: CompareDocument = {
      comparison,
      left_out: leftOut,
      tasks: listDifferingTasks(runs, { allTasks: all }),
    }
    return context.json(document)
  })
  return routes
}
