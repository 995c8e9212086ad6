import { Hono } from 'hono'
import { isRunId } from '../../adapters/stores/create-run-store.ts'
import { RunNotFound } from '../../adapters/stores/run-store.ts'
import { isCorrectOnTests, listTestOutputs } from '../../domain/record.ts'
import { isVerification } from '../../domain/run.ts'
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
    const { hash, pairs } = await openView(library, { key: task, version: view.version, steps: view.steps })
    const run = await openRun(runId)
    const item = (await run.listItems()).find((other) => other.hash === hash)
    if (!item) throw new Problem(404, 'not-in-run', `Run "${runId}" did not ask for this task in this version.`)
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
      outputs: listTestOutputs(chosen, pairs),
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
