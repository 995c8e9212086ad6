import { Hono, type Context } from 'hono'
import type { CatalogueTask } from '../../adapters/datasets/create-catalogue.ts'
import { listDifferingCells, measureDistance } from '../../domain/grids/distance.ts'
import { sameGrid } from '../../domain/grids/grid.ts'
import { packGrid } from '../../domain/grids/pack-grid.ts'
import { parseTransforms } from '../../domain/grids/transforms/parse-transforms.ts'
import { listTraces } from '../../domain/tasks/change-traces.ts'
import type { DatasetEntry } from '../../domain/tasks/dataset-entry.ts'
import { hasAllOutputs, isPair } from '../../domain/tasks/task.ts'
import type {
  CatalogueDocument,
  DistanceDocument,
  ExpectedDocument,
  SignedDocument,
  SubmissionDocument,
  TaskDocument,
  TaskSummary,
  VersionSummary,
} from '../documents.ts'
import { isVersionOf, listAllTasks, type Library } from '../library.ts'
import { findSameVersion, openOutput, openTask, openView, type OpenView } from '../open-view.ts'
import { Problem } from '../problem.ts'
import { checkValue, readBody } from '../read-body.ts'
import { distanceRequestSchema, personRequestSchema, submissionRequestSchema, taskNameSchema } from '../schemas.ts'

/**
 * Tasks as shown on the page. The outputs of test pairs stay here: the server computes distances and verdicts. Only who asks for
 * the outputs themselves gets them.
 */
export function createTaskRoutes(library: Library): Hono {
  const routes = new Hono()

  routes.get('/', async (context) => {
    const [tasks, { faults }, entries, traces] = await Promise.all([
      listAllTasks(library),
      library.catalogue.read(),
      library.dataset.read(),
      library.traces.read(),
    ])
    const versions = Map.groupBy(
      entries.filter(({ version }) => version > 0),
      ({ task_id }) => task_id,
    )
    const document: CatalogueDocument = {
      tasks: tasks.map((task) => ({
        ...recallSummary(task),
        versions: (versions.get(task.taskId) ?? []).filter((entry) => isVersionOf(task, entry)).length,
        traces: listTraces(traces, task.taskId).length,
      })),
      faults: faults.map((fault) => fault.message),
    }
    return context.json(document)
  })

  routes.get('/:key', async (context) => context.json(describeView(await open(context))))

  routes.get('/:key/expected', async (context) => {
    const { pairs } = await open(context)
    const document: ExpectedDocument = { outputs: pairs.test.map(({ output }) => output) }
    return context.json(document)
  })

  routes.post('/:key/distance', async (context) => {
    const { test, grid, cells } = await readBody(context, distanceRequestSchema)
    const expected = openOutput(await open(context), test)
    const document: DistanceDocument = {
      distance: measureDistance(grid, expected),
      ...(cells && { differing: listDifferingCells(grid, expected) }),
    }
    return context.json(document)
  })

  routes.post('/:key/submissions', async (context) => {
    const { test, grid, person } = await readBody(context, submissionRequestSchema)
    const view = await open(context)
    const correct = sameGrid(grid, openOutput(view, test))
    const progress = await library.progress.countTry({
      person,
      hash: view.hash,
      task: { task_id: view.task.taskId, task_hash: view.task.hash },
      test,
      tests: view.pairs.test.length,
      correct,
    })
    const document: SubmissionDocument = { correct, ...progress }
    return context.json(document)
  })

  routes.post('/:key/versions', async (context) => {
    const { person } = await readBody(context, personRequestSchema)
    const { task, version, steps, pairs } = await open(context)
    if (!hasAllOutputs(task) || !hasAllOutputs(pairs)) {
      throw new Problem(
        409,
        'no-solution',
        'A version can only be signed with all its outputs, and not all are known here.',
      )
    }
    const signed = await library.dataset.sign({
      task_id: task.taskId,
      base: task,
      derived: { pairs, from: { version, transforms: steps } },
      signer: person,
    })
    if (signed.outcome === 'other-task') {
      throw new Problem(409, 'other-task', `dataset.json has another task called "${task.taskId}".`)
    }
    const document: SignedDocument = { version: signed.entry.version, outcome: signed.outcome }
    return context.json(document)
  })

  routes.delete('/:key/versions/:version', async (context) => {
    const { person } = await readBody(context, personRequestSchema)
    const name = await nameVersion(context)
    const { versions } = await openView(library, { key: keyOf(context), version: undefined, steps: undefined })
    // The id may also belong to another task, whose version this is.
    if (!versions.some(({ version }) => version === name.version)) return refuseVersion(name)
    const removedEntry = await library.dataset.remove(name, person)
    return removedEntry ? context.json({ version: name.version }) : refuseVersion(name)
  })

  routes.post('/:key/versions/:version/restore', async (context) => {
    await readBody(context, personRequestSchema)
    const name = await nameVersion(context)
    const restored = await library.dataset.restore(name)
    return restored ? context.json({ version: name.version }) : refuseVersion(name)
  })

  function open(context: Context): Promise<OpenView> {
    return openView(library, {
      key: keyOf(context),
      version: context.req.query('version'),
      steps: context.req.query('steps'),
    })
  }

  async function nameVersion(context: Context): Promise<{ taskId: string; version: number }> {
    const { taskId } = await openTask(library, keyOf(context))
    const version = Number(context.req.param('version'))
    if (Number.isSafeInteger(version) && version >= 0) return { taskId, version }
    throw new Problem(400, 'malformed', 'The version must be a whole number from 0.', 'version')
  }
  return routes
}

const keyOf = (context: Context) => checkValue(taskNameSchema, context.req.param('key'))

function refuseVersion({ taskId, version }: { taskId: string; version: number }): never {
  throw new Problem(404, 'no-such-version', `Task "${taskId}" has no version ${version}.`)
}

type Summary = Omit<TaskSummary, 'versions' | 'traces'>

/** Cached per task: the list has 1,520 of them, and is requested every time somebody returns to it. */
const summaries = new WeakMap<CatalogueTask, Summary>()

function recallSummary(task: CatalogueTask): Summary {
  const summary = summaries.get(task) ?? summarize(task)
  summaries.set(task, summary)
  return summary
}

function summarize({ key, taskId, places, train, test }: CatalogueTask): Summary {
  const visibleGrids = [...train.flatMap(({ input, output }) => [input, output]), ...test.map(({ input }) => input)]
  const [first] = train
  return {
    key,
    task_id: taskId,
    places,
    input: packGrid(first?.input ?? []),
    output: packGrid(first?.output ?? []),
    train: train.length,
    test: test.length,
    largest_side: Math.max(...visibleGrids.map((grid) => Math.max(grid.length, grid[0]?.length ?? 0))),
  }
}

function describeView(view: OpenView): TaskDocument {
  const { task, versions, pairs, hash } = view
  return {
    key: task.key,
    task_id: task.taskId,
    places: task.places,
    hash,
    train: pairs.train,
    test_inputs: pairs.test.map(({ input }) => input),
    known_outputs: pairs.test.map(isPair),
    versions: versions.map(summarizeVersion),
    same_as: findSameVersion(view),
  }
}

function summarizeVersion({ version, signed_by, derived_from }: DatasetEntry): VersionSummary {
  if (derived_from === undefined) return { version, signed_by, derived_from: null }
  const transforms = parseTransforms(derived_from.transforms, 'dataset.json', `version ${version}`)
  return { version, signed_by, derived_from: { version: derived_from.version, transforms } }
}
