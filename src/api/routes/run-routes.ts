import { Hono } from 'hono'
import { describeRun } from '../../domain/results/run-document.ts'
import { whyNoBudget } from '../../domain/runs/why-no-budget.ts'
import { estimateSecondsLeft } from '../../runs/estimate-seconds-left.ts'
import { linkToWorkflow } from '../../runs/run-documents.ts'
import type { ReadMatrix } from '../counting/know-matrices.ts'
import { createRunKnowledge } from '../counting/know-runs.ts'
import type { RunPageDocument, RunsDocument } from '../documents.ts'
import type { Library } from '../library.ts'
import { openRun } from '../open-run.ts'
import { Problem } from '../problem.ts'
import { sortOutDamaged } from '../sort-out-damaged.ts'
import { summarizeRun } from '../summarize-run.ts'

/** Nobody is kept waiting for thousands of records: the next answer says what is found later. For a list, all its runs together. */
const patienceMs = { list: 150, run: 600 }

/** Runs: the list, and each with its numbers, its matrix and its report. */
export function createRunRoutes(library: Library, readMatrix: ReadMatrix): Hono {
  const routes = new Hono()
  const { runs } = library
  const knowledge = createRunKnowledge(library.counting)

  routes.get('/', async (context) => {
    const until = performance.now() + patienceMs.list
    const { sound, damaged } = await sortOutDamaged(await runs.listRuns(), async (runId) =>
      summarizeRun(await knowledge.look(await runs.openRun(runId), Math.max(0, until - performance.now())), Date.now()),
    )
    const document: RunsDocument = {
      runs: sound,
      damaged: damaged.map(({ runId, file, place, problem }) => ({ run_id: runId, file, place, message: problem })),
    }
    return context.json(document)
  })

  routes.get('/:run', async (context) => {
    const folder = await openRun(library, context.req.param('run'))
    const overview = await knowledge.look(folder, patienceMs.run)
    const { progress, state } = overview
    const numbers = await knowledge.readNumbers(folder, 0)
    const document: RunPageDocument = {
      summary: summarizeRun(overview, Date.now()),
      document: numbers
        ? describeRun(numbers, Date.now(), {
            temporalUi: linkToWorkflow(state.temporal, library.findTemporalUi()),
            bottleneck: await library.readBottleneck(),
          })
        : null,
      answers: progress ? { stored: progress.stored, wanted: progress.wanted } : null,
      controls: state.controls,
      no_budget: whyNoBudget(overview.run),
      seconds_left: (progress && estimateSecondsLeft(progress, Date.now())) ?? null,
      has_report: (await folder.findReport('report.html')) !== undefined,
    }
    return context.json(document)
  })

  routes.get('/:run/matrix', async (context) =>
    context.json(await readMatrix(await openRun(library, context.req.param('run')))),
  )

  routes.get('/:run/report.html', async (context) => {
    const folder = await openRun(library, context.req.param('run'))
    const report = await folder.findReport('report.html')
    if (report === undefined) {
      throw new Problem(404, 'no-report', `Run "${folder.runId}" has no report yet: it is written when the run ends.`)
    }
    return context.html(report)
  })
  return routes
}
