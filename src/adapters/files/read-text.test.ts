import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { readConfig } from '../../config.ts'
import { readProgramsOfFile } from '../../runs/verifying/read-programs-of-file.ts'
import { createDatasetFile } from '../datasets/dataset-file.ts'
import { createProgressFile } from '../datasets/progress-file.ts'
import { readDataset } from '../datasets/read-dataset.ts'
import { readRegistry } from '../models/registry/read-registry.ts'
import { createTraceStore } from '../traces/trace-store.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'arcloom-read-text-'))
})
afterAll(() => rm(folder, { recursive: true }))

const pair = { input: [[0]], output: [[9]] }
const task = { train: [pair], test: [pair] }
const model = { id: 'mine', provider: 'local', baseUrl: 'http://127.0.0.1:1/v1' }

async function write(name: string, text: string, encoding: 'utf8' | 'utf16le'): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, Buffer.from(`\uFEFF${text}`.replaceAll('\n', '\r\n'), encoding))
  return path
}
const print = (value: unknown) => JSON.stringify(value, null, 2)

test.each(['utf8', 'utf16le'] as const)(
  'every file of a user may have a byte order mark and Windows line endings: %s',
  async (encoding) => {
    const { tasks, faults } = await readDataset(await write('a.json', print(task), encoding))
    expect([tasks.length, faults]).toEqual([1, []])

    const dataset = await write('dataset.json', print([{ task_id: 'a', ...task }]), encoding)
    expect((await readDataset(dataset)).tasks).toHaveLength(1)
    expect(await createDatasetFile(dataset).read()).toHaveLength(1)

    const traces = print({ a: [{ trace_id: 't', task_id: 'a', username: 'u', text: 'words' }] })
    const store = createTraceStore(await write('traces_store.json', traces, encoding), 'none')
    expect(Object.keys(await store.read())).toEqual(['a'])
    const progress = createProgressFile(await write('progress.json', print({ people: { ann: {} } }), encoding))
    expect(await progress.read()).toEqual({ people: { ann: {} } })

    await write('models.json', '{}', encoding)
    await write('arcloom.models.json', print({ MINE: model }), encoding)
    expect((await readRegistry(folder)).map(({ key }) => key)).toEqual(['MINE'])

    await write('.env', 'ARCLOOM_DATA_DIR=/tmp/mine\nARCLOOM_WEB_PORT=17999\n', encoding)
    const { dataDir, ports } = readConfig({}, { projectRoot: folder, cwd: folder })
    expect([dataDir, ports.web]).toEqual(['/tmp/mine', 17999])
  },
)

test('programs of a results file lose the byte order mark, which Python rejects', async () => {
  const program = 'def solve_task(grid):\n    return grid'
  const entry = { task_id: 'a', task_data: task, python_code: [`\uFEFF${program}`] }
  const path = await write('results.json', print({ metadata: {}, results: [entry] }), 'utf8')
  const { items } = await readProgramsOfFile(path)
  expect(items.map(({ programs }) => programs.map((given) => given.program))).toEqual([[program]])
})
