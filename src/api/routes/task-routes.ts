import { Hono } from 'hono'
import { findTask, listById, type Catalogue, type CatalogueTask } from '../../adapters/datasets/create-catalogue.ts'
import { listDifferingCells, measureDistance } from '../../domain/distance.ts'
import { sameGrid, type Grid } from '../../domain/grid.ts'
import { packGrid } from '../../domain/pack-grid.ts'
import type { CatalogueDocument, DistanceDocument, TaskDocument, TaskSummary } from '../documents.ts'
import type { Library } from '../library.ts'
import { Problem } from '../problem.ts'
import { readBody } from '../read-body.ts'
import { distanceRequestSchema, submissionRequestSchema } from '../schemas.ts'

/** Tasks as the page sees them. The outputs of test pairs never leave: distances and verdicts are worked out here. */
export function createTaskRoutes({ catalogue }: Library): Hono {
  const routes = new Hono()

  routes.get('/', async (context) => {
    const { tasks, faults } = await catalogue.read()
    const document: CatalogueDocument = {
      tasks: tasks.map(summarize),
      faults: faults.map((fault) => fault.message),
    }
    return context.json(document)
  })

  routes.get('/:key', async (context) => {
    const task = await openTask(context.req.param('key'))
    return context.json(describeTask(task))
  })

  routes.post('/:key/distance', async (context) => {
    const { test, grid, cells } = await readBody(context, distanceRequestSchema)
    const expected = openOutput(await openTask(context.req.param('key')), test)
    const document: DistanceDocument = {
      distance: measureDistance(grid, expected),
      ...(cells && { differing: listDifferingCells(grid, expected) }),
    }
    return context.json(document)
  })

  routes.post('/:key/submissions', async (context) => {
    const { test, grid } = await readBody(context, submissionRequestSchema)
    const expected = openOutput(await openTask(context.req.param('key')), test)
    return context.json({ correct: sameGrid(grid, expected) })
  })

  async function openTask(name: string): Promise<CatalogueTask> {
    const { tasks } = await catalogue.read()
    return findTask(tasks, name) ?? refuseName(tasks, name)
  }
  return routes
}

function refuseName(tasks: Catalogue['tasks'], name: string): never {
  const same = listById(tasks, name)
  if (same.length === 0) throw new Problem(404, 'no-such-task', `There is no task "${name}".`)
  const keys = same.map(({ key, places }) => `${key} (${places.map(({ dataset }) => dataset).join(', ')})`)
  throw new Problem(300, 'ambiguous-task', `${same.length} tasks are called "${name}": ${keys.join(', ')}.`)
}

function openOutput({ test }: CatalogueTask, index: number): Grid {
  const pair = test[index]
  if (pair) return pair.output
  throw new Problem(
    400,
    'malformed',
    `test: ${index}, and this task has ${test.length} test inputs, counted from 0`,
    'test',
  )
}

function summarize({ key, taskId, places, train, test }: CatalogueTask): TaskSummary {
  const shown = [...train.flatMap(({ input, output }) => [input, output]), ...test.map(({ input }) => input)]
  const [first] = train
  return {
    key,
    task_id: taskId,
    places,
    input: packGrid(first?.input ?? []),
    output: packGrid(first?.output ?? []),
    train: train.length,
    test: test.length,
    versions: 0,
    traces: 0,
    largest_side: Math.max(...shown.map((grid) => Math.max(grid.length, grid[0]?.length ?? 0))),
  }
}

function describeTask({ key, taskId, hash, places, train, test }: CatalogueTask): TaskDocument {
  return { key, task_id: taskId, places, hash, train, test_inputs: test.map(({ input }) => input) }
}
