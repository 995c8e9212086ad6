import { Hono } from 'hono'
import { isRunId } from '../../adapters/stores/create-run-store.ts'
import { RunNotFound } from '../../adapters/stores/run-store.ts'
import type { Grid } from '../../domain/grid.ts'
import { isCorrectOnTests, listTestOutputs } from '../../domain/record.ts'
import { isVerification } from '../../domain/run.ts'
import { transformGrid } from '../../domain/transforms/transform-grid.ts'
import type { AttemptDocument } from '../documents.ts'
import type { Library } from '../library.ts'
import { openView } from '../open-view.ts'
import { Problem } from '../problem.ts'
import { checkValue } from '../read-body.ts'
import { attemptQuerySchema } from '../schemas.ts'

/** What a model's sample gave for a task, to be looked at beside what a person draws. */
export function createAttemptRoutes(library: Library): Hono {
  const routes = new Hono()

  routes.get('/', async (context) => {
    const { task, run: runId, sample, ...view } = checkValue(attemptQuerySchema, context.req.query())
    const shown = await openView(library, { key: task, version: view.version, steps: view.steps })
    const asked = await openView(library, { key: task, version: view.version, steps: undefined })
    const run = await openRun(runId)
    const items = await run.listItems()
    // A run asks for versions; what somebody turns on top of one is done to its outputs too. A swap asks for other pairs.
    const turns = shown.steps.every(({ kind }) => kind !== 'swap')
    const item = items.find(({ hash }) => hash === shown.hash) ?? items.find(({ hash }) => turns && hash === asked.hash)
    if (!item) throw new Problem(404, 'not-in-run', `Run "${runId}" did not ask for this task in this version.`)
    const isTurned = item.hash !== shown.hash
    const { pairs } = isTurned ? asked : shown
    const turn = (grid: Grid) => (isTurned ? shown.steps.reduce(transformGrid, grid) : grid)
    const record = await run.findRecord(item.key)
    if (!record) throw new Problem(404, 'not-recorded', `Run "${runId}" has no record of this task yet.`)
    const chosen = record.samples[sample]
    if (!chosen) {
      const count = record.samples.length
      throw new Problem(404, 'no-such-sample', `There is no sample ${sample}: the run took ${count}, counted from 0.`)
    }
    const about = await run.readRun()
    const document: AttemptDocument = {
      run: runId,
      model: isVerification(about) ? null : about.model.key,
      sample,
      samples: record.samples.length,
      outputs: listTestOutputs(chosen, pairs).map((grid) => grid && turn(grid)),
      correct: isCorrectOnTests(chosen, pairs),
    }
    return context.json(document)
  })

  async function openRun(runId: string) {
    try {
      if (isRunId(runId)) return await library.runs.openRun(runId)
    } catch (error) {
      if (!(error instanceof RunNotFound)) throw error
    }
    throw new Problem(404, 'no-such-run', `There is no run "${runId}".`)
  }
  return routes
}
