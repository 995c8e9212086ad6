import { Hono } from 'hono'
import type { RunFolder } from '../../adapters/stores/run-store.ts'
import type { Grid } from '../../domain/grids/grid.ts'
import { transformGrid } from '../../domain/grids/transforms/transform-grid.ts'
import type { Transform } from '../../domain/grids/transforms/transform.ts'
import { isSolved } from '../../domain/results/is-solved.ts'
import { isCorrectOnTests, listTestOutputs, type ItemRecord } from '../../domain/runs/record.ts'
import { givesGrids, isVerification } from '../../domain/runs/run.ts'
import type { ItemReference } from '../../domain/tasks/item.ts'
import type { TaskPairs } from '../../domain/tasks/task.ts'
import type { AttemptDocument, AttemptsDocument, RunAttempts } from '../documents.ts'
import type { Library } from '../library.ts'
import { openRun } from '../open-run.ts'
import { openView } from '../open-view.ts'
import { Problem } from '../problem.ts'
import { checkValue } from '../read-body.ts'
import { attemptQuerySchema, attemptsQuerySchema } from '../schemas.ts'
import { sortOutDamaged } from '../sort-out-damaged.ts'

/** The outputs of runs' samples for a task, to compare with a person's drawing. */
export function createAttemptRoutes(library: Library): Hono {
  const routes = new Hono()

  routes.get('/', async (context) => {
    const asked = await openAsked(checkValue(attemptsQuerySchema, context.req.query()))
    const { sound } = await sortOutDamaged(await library.runs.listRuns(), async (runId) =>
      summarizeAttempts(await library.runs.openRun(runId), asked),
    )
    const document: AttemptsDocument = { runs: sound.flatMap((run) => run ?? []) }
    return context.json(document)
  })

  routes.get('/:run/:sample', async (context) => {
    const { sample, ...query } = checkValue(attemptQuerySchema, { ...context.req.query(), ...context.req.param() })
    const asked = await openAsked(query)
    const run = await openRun(library, query.run)
    const found = await findItem(run, asked)
    if (!found) throw new Problem(404, 'not-in-run', `Run "${query.run}" did not ask for this task in this version.`)
    const record = await run.findRecord(found.item.key)
    if (!record) throw new Problem(404, 'not-recorded', `Run "${query.run}" has no record of this task yet.`)
    const chosen = record.samples[sample]
    if (!chosen) {
      const count = record.samples.length
      throw new Problem(404, 'no-such-sample', `There is no sample ${sample}: the run took ${count}, counted from 0.`)
    }
    const [about, pairs] = await Promise.all([run.readRun(), run.readPairs(found.item.hash)])
    const document: AttemptDocument = {
      run: query.run,
      model: isVerification(about) ? null : about.model.key,
      sample,
      samples: record.samples.length,
      outputs: listTestOutputs(chosen, pairs).map((grid) => grid && found.turns.reduce(transformGrid, grid)),
      correct: isCorrectOnTests(chosen, pairs),
    }
    return context.json(document)
  })

  async function openAsked({ task: key, version, steps }: AttemptsQuery): Promise<Asked> {
    const shown = await openView(library, { key, version, steps })
    const { hash } = await openView(library, { key, version, steps: undefined })
    return { shown: shown.hash, version: hash, steps: shown.steps }
  }
  return routes
}

interface AttemptsQuery {
  readonly task: string
  readonly version?: string | undefined
  readonly steps?: string | undefined
}

/** A view, in the terms in which runs may have asked for it. */
interface Asked {
  /** Content hash of what is shown, and of the version without the steps on top of it. */
  readonly shown: string
  readonly version: string
  readonly steps: readonly Transform[]
}

interface FoundItem {
  readonly item: ItemReference
  /** The steps still to apply to its outputs. */
  readonly turns: readonly Transform[]
}

/** Runs ask for versions; steps on top of one are applied to the run's outputs too. After a swap the pairs differ. */
async function findItem(run: RunFolder, { shown, version, steps }: Asked): Promise<FoundItem | undefined> {
  const items = await run.listItems()
  const same = items.find(({ hash }) => hash === shown)
  if (same) return { item: same, turns: [] }
  const item = steps.some(({ kind }) => kind === 'swap') ? undefined : items.find(({ hash }) => hash === version)
  return item && { item, turns: steps }
}

/** @returns undefined for a run that did not ask for it, or whose samples give no grids */
async function summarizeAttempts(folder: RunFolder, asked: Asked): Promise<RunAttempts | undefined> {
  const found = await findItem(folder, asked)
  const run = await folder.readRun()
  if (!found || !givesGrids(run)) return undefined
  const [record, pairs] = await Promise.all([folder.findRecord(found.item.key), folder.readPairs(found.item.hash)])
  return {
    run: folder.runId,
    model: isVerification(run) ? null : run.model.key,
    created_at: run.created_at,
    solved: record ? isSolved(record, pairs) : null,
    samples: record ? describeSamples(record, pairs) : [],
  }
}

function describeSamples({ samples }: ItemRecord, pairs: TaskPairs): RunAttempts['samples'] {
  const hasGrid = (grids: readonly (Grid | null)[]) => grids.some((grid) => grid !== null)
  return samples.map((sample) => {
    if (isCorrectOnTests(sample, pairs)) return 'right'
    return hasGrid(listTestOutputs(sample, pairs)) ? 'wrong' : 'no-grid'
  })
}
