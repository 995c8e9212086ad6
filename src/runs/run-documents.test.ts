import { expect, test } from '@jest/globals'
import { putRun } from '../../test/support/put-run.ts'
import { createRunStore } from '../adapters/stores/create-run-store.ts'
import { createMemoryBlobs } from '../adapters/stores/memory-blobs.ts'
import { noGate } from './read-gate.ts'
import { listRunDocuments, readReport, readRunDocument } from './run-documents.ts'

const right = { passes: true, outputs: [] } as const
const surroundings = {
  results: { locate: (file: string) => `/data/${file}` },
  findTemporalUi: () => 'http://127.0.0.1:8233',
  readBottleneck: () => Promise.resolve(undefined),
  readGate: noGate,
  code: 'a',
}

test('a document links to the workflow, and says where the files are', async () => {
  const folder = await putRun(createRunStore(createMemoryBlobs(), 'test'), [[right]], { runId: 'one' })
  const temporal = { namespace: 'default', workflow_id: 'one', run_id: 'a/b' }
  await folder.putState({ ...(await folder.readState()), temporal, results_file: 'benchmark/results.json' })

  const document = await readRunDocument(folder, surroundings)
  expect(document).toMatchObject({
    run_id: 'one',
    temporal_ui: 'http://127.0.0.1:8233/namespaces/default/workflows/one/a%2Fb',
    results_path: '/data/benchmark/results.json',
    report_path: null,
  })
  expect((await readReport(folder, surroundings)).document).toEqual(document)
  const withoutUi = await readRunDocument(folder, { ...surroundings, findTemporalUi: () => undefined })
  expect(withoutUi.temporal_ui).toBeNull()
})

test('an unreadable run is listed among the others', async () => {
  const blobs = createMemoryBlobs()
  const store = createRunStore(blobs, 'test')
  await putRun(store, [[right]], { runId: 'one' })
  await putRun(store, [[right]], { runId: 'two' })
  await blobs.write('two/state.json', '{')

  const documents = await listRunDocuments(store, surroundings)
  expect(documents).toMatchObject([
    { run_id: 'one', state: 'complete' },
    { run_id: 'two', state: 'damaged', damage: [{ file: expect.stringContaining('two/state.json') }] },
  ])
})
