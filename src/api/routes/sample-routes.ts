import { Hono, type Context } from 'hono'
import type { RunFolder } from '../../adapters/stores/run-store.ts'
import { sameGrid } from '../../domain/grids/grid.ts'
import { listTestOutputs } from '../../domain/runs/record.ts'
import { selectAttempts } from '../../domain/selection/select-attempts.ts'
import type { ItemReference } from '../../domain/tasks/item.ts'
import { describeSample } from '../describe-sample.ts'
import type { ExpectedDocument, PartialsDocument, SelectedAttempt, SelectedDocument } from '../documents.ts'
import type { Library } from '../library.ts'
import { listPartials } from '../list-partials.ts'
import { nameItem } from '../name-item.ts'
import { openRun } from '../open-run.ts'
import { Problem } from '../problem.ts'
import { checkValue } from '../read-body.ts'
import { refuseSample } from '../refuse-sample.ts'
import { sampleParameterSchema } from '../schemas.ts'

/** Single items of runs: their samples, the selected attempts, and the expected outputs. */
export function createSampleRoutes(library: Library): Hono {
  const routes = new Hono()

  routes.get('/:run/samples/:item/:sample', async (context) => {
    const sample = checkValue(sampleParameterSchema, context.req.param('sample'))
    const { folder, item } = await openItem(context)
    const record = await folder.findRecord(item.key)
    if (record === undefined) return refuseUnrecorded(folder, item)
    if (record.samples[sample] === undefined) return refuseSample(folder.runId, record, sample)
    return context.json(await describeSample(folder, await nameItem(library, item), record, sample))
  })

  routes.get('/:run/attempts/:item', async (context) => {
    const { folder, item } = await openItem(context)
    const [record, pairs] = await Promise.all([folder.findRecord(item.key), folder.readPairs(item.hash)])
    const outputsBySample = record?.samples.map((sample) => listTestOutputs(sample, pairs)) ?? []
    const attempts = record === undefined ? pairs.test.map(() => []) : selectAttempts(record, pairs)
    const document: SelectedDocument = {
      run: folder.runId,
      item: await nameItem(library, item),
      recorded: record !== undefined,
      test_inputs: pairs.test.map(({ input }) => input),
      attempts: attempts.map((grids, test) =>
        grids.map((grid): SelectedAttempt => ({
          grid,
          right: sameGrid(grid, pairs.test[test]?.output ?? []),
          samples: outputsBySample.flatMap((outputs, sample) => (sameGrid(outputs[test] ?? [], grid) ? [sample] : [])),
        })),
      ),
    }
    return context.json(document)
  })

  routes.get('/:run/expected/:item', async (context) => {
    const { folder, item } = await openItem(context)
    const { test } = await folder.readPairs(item.hash)
    const document: ExpectedDocument = { outputs: test.map(({ output }) => output) }
    return context.json(document)
  })

  routes.get('/:run/partials/:item', async (context) => {
    const { folder, item } = await openItem(context)
    const document: PartialsDocument = { partials: await listPartials(folder, { item: item.key }) }
    return context.json(document)
  })

  async function openItem(context: Context): Promise<{ folder: RunFolder; item: ItemReference }> {
    const [run = '', key = ''] = [context.req.param('run'), context.req.param('item')]
    const folder = await openRun(library, run)
    const item = (await folder.listItems()).find((each) => each.key === key)
    if (item) return { folder, item }
    throw new Problem(404, 'not-in-run', `Run "${run}" has no task "${key}".`)
  }
  return routes
}

/** An item without a record is in progress, or has failed for reasons that are reported. */
async function refuseUnrecorded(folder: RunFolder, { key }: ItemReference): Promise<never> {
  const failure = (await folder.listFailures()).find(({ item }) => item === key)
  const why = failure === undefined ? '' : ` It failed: ${failure.reason}`
  throw new Problem(404, 'not-recorded', `Run "${folder.runId}" has no record of "${key}" yet.${why}`)
}
