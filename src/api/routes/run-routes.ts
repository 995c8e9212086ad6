import { Hono } from 'hono'
import { givesGrids, isVerification } from '../../domain/run.ts'
import { mapConcurrently } from '../../domain/map-concurrently.ts'
import type { RunsDocument, RunSummary } from '../documents.ts'
import type { Library } from '../library.ts'

/** Files opened at once. */
const readTogether = 16

/** All runs. */
export function createRunRoutes({ runs }: Library): Hono {
  const routes = new Hono()

  routes.get('/', async (context) => {
    const document: RunsDocument = {
      runs: await mapConcurrently(await runs.listRuns(), readTogether, async (runId): Promise<RunSummary> => {
        const folder = await runs.openRun(runId)
        const [run, { state, items, started_at }] = await Promise.all([folder.readRun(), folder.readState()])
        const asked = isVerification(run) ? undefined : run
        return {
          run_id: runId,
          kind: run.specification.kind,
          recipe: asked?.specification.recipe ?? null,
          model: asked?.model.key ?? null,
          state,
          started_at,
          tasks: { total: items.total, done: items.recorded },
          gives_grids: givesGrids(run),
        }
      }),
    }
    return context.json(document)
  })
  return routes
}
