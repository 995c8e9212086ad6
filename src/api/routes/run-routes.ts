import { Hono } from 'hono'
import { givesGrids, isVerification } from '../../domain/runs/run.ts'
import type { RunsDocument, RunSummary } from '../documents.ts'
import type { Library } from '../library.ts'
import { needSound } from '../need-sound.ts'
import { sortOutDamaged } from '../sort-out-damaged.ts'

/** All runs. */
export function createRunRoutes({ runs, code }: Library): Hono {
  const routes = new Hono()

  routes.get('/', async (context) => {
    const { sound, damaged } = await sortOutDamaged(await runs.listRuns(), async (runId): Promise<RunSummary> => {
      const folder = await runs.openRun(runId)
      const [run, state] = await Promise.all([folder.readRun(), folder.readState()])
      await needSound(folder, state, code)
      const asked = isVerification(run) ? undefined : run
      return {
        run_id: runId,
        kind: run.specification.kind,
        recipe: asked?.specification.recipe ?? null,
        model: asked?.model.key ?? null,
        state: state.state,
        started_at: state.started_at,
        tasks: { total: state.items.total, done: state.items.recorded },
        gives_grids: givesGrids(run),
      }
    })
    const document: RunsDocument = {
      runs: sound,
      damaged: damaged.map(({ runId, file, place, found }) => ({ run_id: runId, file, place, message: found })),
    }
    return context.json(document)
  })
  return routes
}
