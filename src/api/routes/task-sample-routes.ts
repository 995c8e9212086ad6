import { Hono } from 'hono'
import type { RunFolder } from '../../adapters/stores/run-store.ts'
import type { Grid } from '../../domain/grids/grid.ts'
import { transformGrid } from '../../domain/grids/transforms/transform-grid.ts'
import type { Transform } from '../../domain/grids/transforms/transform.ts'
import { isSolved } from '../../domain/results/is-solved.ts'
import { explainNoGrid, explainOutcome } from '../../domain/runs/explain-no-grid.ts'
import {
  chosenRound,
  isCorrectOnTests,
  listTestOutputs,
  type ItemRecord,
  type SampleRecord,
} from '../../domain/runs/record.ts'
import { givesGrids, isVerification } from '../../domain/runs/run.ts'
import type { ItemReference } from '../../domain/tasks/item.ts'
import type { TaskPairs } from '../../domain/tasks/task.ts'
import { describeSample } from '../describe-sample.ts'
import type { RunSamples, RunSamplesDocument, TaskSampleDocument } from '../documents.ts'
import type { Library } from '../library.ts'
import { nameItem } from '../name-item.ts'
import { openRun } from '../open-run.ts'
import { openView } from '../open-view.ts'
import { Problem } from '../problem.ts'
import { checkValue } from '../read-body.ts'
import { refuseSample } from '../refuse-sample.ts'
import { taskSampleQuerySchema, taskSamplesQuerySchema } from '../schemas.ts'
import { sortOutDamaged } from '../sort-out-damaged.ts'
import { turnSample } from '../turn-sample.ts'

/** Samples of runs for a task, in the version and under the transforms in which it is shown. */
export function createTaskSampleRoutes(library: Library): Hono {
  const routes = new Hono()

  routes.get('/', async (context) => {
    const view = await openTaskView(checkValue(taskSamplesQuerySchema, context.req.query()))
    const { sound } = await sortOutDamaged(await library.runs.listRuns(), async (runId) =>
      summarizeSamples(await library.runs.openRun(runId), view),
    )
    const document: RunSamplesDocument = { runs: sound.flatMap((run) => run ?? []) }
    return context.json(document)
  })

  routes.get('/:run/:sample', async (context) => {
    const { sample, ...query } = checkValue(taskSampleQuerySchema, { ...context.req.query(), ...context.req.param() })
    const view = await openTaskView(query)
    const run = await openRun(library, query.run)
    const match = await findItem(run, view)
    if (!match) throw new Problem(404, 'not-in-run', `Run "${query.run}" did not ask for this task in this version.`)
    const record = await run.findRecord(match.item.key)
    if (!record) throw new Problem(404, 'not-recorded', `Run "${query.run}" has no record of this task yet.`)
    const sampleRecord = record.samples[sample]
    if (!sampleRecord) return refuseSample(query.run, record, sample)
    const [whole, pairs] = await Promise.all([
      describeSample(run, await nameItem(library, match.item), record, sample),
      run.readPairs(match.item.hash),
    ])
    const outputs = listTestOutputs(sampleRecord, pairs)
    const document: TaskSampleDocument = {
      ...turnSample(whole, match.turns),
      outputs: outputs.map((grid) => grid && match.turns.reduce(transformGrid, grid)),
      why_none: outputs.map((grid, test) => (grid ? null : explainNone(sampleRecord, pairs, test))),
    }
    return context.json(document)
  })

  async function openTaskView({ task: key, version, steps }: TaskSamplesQuery): Promise<TaskView> {
    const view = await openView(library, { key, version, steps })
    const { hash } = await openView(library, { key, version, steps: undefined })
    return { viewHash: view.hash, versionHash: hash, steps: view.steps }
  }
  return routes
}

interface TaskSamplesQuery {
  readonly task: string
  readonly version?: string | undefined
  readonly steps?: string | undefined
}

/** A view, in the terms in which runs may have asked for it. */
interface TaskView {
  /** Content hash of what is shown, and of the version without the steps on top of it. */
  readonly viewHash: string
  readonly versionHash: string
  readonly steps: readonly Transform[]
}

interface ItemMatch {
  readonly item: ItemReference
  /** The steps still to apply to its outputs. */
  readonly turns: readonly Transform[]
}

/** Runs ask for versions; steps on top of one are applied to the run's outputs too. After a swap the pairs differ. */
async function findItem(run: RunFolder, { viewHash, versionHash, steps }: TaskView): Promise<ItemMatch | undefined> {
  const items = await run.listItems()
  const exactItem = items.find(({ hash }) => hash === viewHash)
  if (exactItem) return { item: exactItem, turns: [] }
  const item = steps.some(({ kind }) => kind === 'swap') ? undefined : items.find(({ hash }) => hash === versionHash)
  return item && { item, turns: steps }
}

/** @returns undefined for a run that did not ask for it, or whose samples give no grids */
async function summarizeSamples(folder: RunFolder, view: TaskView): Promise<RunSamples | undefined> {
  const match = await findItem(folder, view)
  const run = await folder.readRun()
  if (!match || !givesGrids(run)) return undefined
  const [record, pairs] = await Promise.all([folder.findRecord(match.item.key), folder.readPairs(match.item.hash)])
  return {
    run: folder.runId,
    model: isVerification(run) ? null : run.model.key,
    created_at: run.created_at,
    solved: record ? isSolved(record, pairs) : null,
    samples: record ? describeSamples(record, pairs) : [],
  }
}

function describeSamples({ samples }: ItemRecord, pairs: TaskPairs): RunSamples['samples'] {
  const hasGrid = (grids: readonly (Grid | null)[]) => grids.some((grid) => grid !== null)
  return samples.map((sample) => {
    if (isCorrectOnTests(sample, pairs)) return 'right'
    return hasGrid(listTestOutputs(sample, pairs)) ? 'wrong' : 'no-grid'
  })
}

function explainNone(sample: SampleRecord, { train }: TaskPairs, test: number): string {
  const { run, outcomes } = chosenRound(sample)
  const pair = run?.pairs[train.length + test]
  if (pair) return explainNoGrid(pair)
  const outcome = outcomes[test] ?? outcomes[0]
  return outcome === undefined || outcome === 'answered' ? 'The answer holds no grid' : explainOutcome(outcome, null)
}
