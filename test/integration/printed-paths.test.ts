import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { createRunStore } from '../../src/adapters/stores/create-run-store.ts'
import { createFileBlobs } from '../../src/adapters/stores/file-blobs.ts'
import { readConfig } from '../../src/config.ts'
import { buildRequests } from '../../src/operations/build-requests.ts'
import { buildPairs } from '../support/build-run.ts'
import { putRun } from '../support/put-run.ts'
import { beginClient } from '../support/run-client.ts'

/** The folder a user is in, with a data folder beside it. */
let here: string
let dataDir: string
beforeAll(async () => {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'arcloom-printed-paths-')))
  here = join(folder, 'here')
  dataDir = join(folder, 'data')
  await mkdir(join(here, 'my tasks'), { recursive: true })
  await mkdir(dataDir)
  await writeFile(join(here, 'my tasks', 'a.json'), JSON.stringify(buildPairs(1)))
  await writeFile(join(here, 'my tasks', 'b.json'), JSON.stringify({ train: [], test: buildPairs(1).test }))
  await writeFile(join(here, 'good.json'), JSON.stringify([{ task_id: 'a', ...buildPairs(1) }]))
  await writeFile(join(folder, 'beside.json'), JSON.stringify([{ task_id: 'b', ...buildPairs(2) }]))
  const results = { task_id: 'a', reasoning: ['One.'], model: 'BASELINE' }
  await writeFile(join(here, 'results.jsonl'), `${JSON.stringify(results)}\n{"torn": true}\n`)
  const store = createRunStore(createFileBlobs(join(dataDir, 'runs')), 'test')
  const run = await putRun(store, [[{ passes: true, outputs: [buildPairs(0).test[0]?.output ?? null] }]], {
    runId: 'run',
  })
  await run.putState({
    ...(await run.readState()),
    results_file: 'benchmark/r.json',
    report_file: 'runs/run/report.md',
  })
})
afterAll(() => rm(join(here, '..'), { recursive: true }))

function arcloom(...words: string[]) {
  return beginClient(words, { ...process.env, ARCLOOM_DATA_DIR: dataDir }, { cwd: here }).ended
}

async function document(...words: string[]): Promise<unknown> {
  return JSON.parse((await arcloom(...words, '--json')).stdout)
}

test('dataset list prints folders as they can be typed, quotes them in commands, and has absolute paths in --json', async () => {
  const { stderr } = await arcloom('dataset', 'list', './my tasks', join(here, 'good.json'), '../beside.json')
  expect(stderr.trim().split('\n')).toEqual([
    "my tasks: 1 fault; npx arcloom dataset validate 'my tasks'",
    'good.json',
    '../beside.json',
  ])
  expect(await document('dataset', 'list', './good.json')).toMatchObject({
    roots: [{ path: './good.json', absolute_path: join(here, 'good.json') }],
  })
  for (const path of (await arcloom('dataset', 'list')).stderr.trim().split('\n')) {
    expect(existsSync(resolve(here, path))).toBe(true)
  }
})

test('dataset validate prints files as they can be typed', async () => {
  const { stdout, stderr } = await arcloom('dataset', 'validate', join(here, 'my tasks'))
  expect(stdout).toMatch(/^my tasks\/b\.json at train: /)
  expect(stderr).toMatch(/^my tasks: 1 task, \d faults?$/m)
  expect(await document('dataset', 'validate', 'my tasks')).toMatchObject({
    datasets: [
      {
        path: 'my tasks',
        absolute_path: join(here, 'my tasks'),
        faults: expect.arrayContaining([
          expect.objectContaining({ file: 'my tasks/b.json', file_path: join(here, 'my tasks/b.json') }),
        ]),
      },
    ],
  })
})

test('dataset merge prints files as they can be typed', async () => {
  const { stdout, stderr } = await arcloom(
    'dataset',
    'merge',
    './good.json',
    '../beside.json',
    '--output',
    './new.json',
  )
  expect(stdout).toBe('good.json: 1 added, 0 already there\n../beside.json: 1 added, 0 already there\n')
  expect(stderr).toBe('new.json: 2 entries\n')
  const again = await arcloom('dataset', 'merge', 'good.json', '--output', 'new.json')
  expect(again.code).toBe(2)
  expect(again.stderr).toContain(
    'new.json already exists and will not be overwritten. Give another path: --output PATH',
  )
  const { files } = (await document('dataset', 'merge', 'good.json', '--output', 'other.json')) as { files: object[] }
  expect(files).toMatchObject([{ name: 'good.json', path: join(here, 'good.json') }])
})

test('traces merge and export print files as they can be typed', async () => {
  const merged = await arcloom('traces', 'merge', join(here, 'results.jsonl'))
  expect(merged.stdout).toMatch(/^results\.jsonl: 1 added/)
  expect(merged.stderr).toMatch(/^results\.jsonl at line 2/)
  expect(await document('traces', 'merge', 'results.jsonl')).toMatchObject({
    files: [{ file: 'results.jsonl', file_path: join(here, 'results.jsonl') }],
  })
  const exported = ['traces', 'export', '--dataset', './good.json', '--allow-evaluation', '--output']
  const { stderr } = await arcloom(...exported, join(here, 'traces.jsonl'))
  expect(stderr).toMatch(/^traces\.jsonl: 1 task$/m)
  expect(stderr).toMatch(/Left out \d+ traces whose task or version is not in good\.json\./)
  const again = await arcloom(...exported, 'traces.jsonl')
  expect(again.stderr).toContain(
    'traces.jsonl already exists and will not be overwritten. Give another path: --output PATH',
  )
})

test("rescore --json says where the run's report is", async () =>
  expect(await document('rescore', 'run')).toMatchObject({
    run_id: 'run',
    results_path: join(dataDir, 'benchmark/r.json'),
    report_path: join(dataDir, 'runs/run/report.md'),
  }))

test('a run stores the path of its tasks so that it opens from anywhere', async () => {
  const config = readConfig(undefined, { typed: { ARCLOOM_DATA_DIR: dataDir } })
  const [request] = await buildRequests(config, 'benchmark', 'code', {
    model: ['BASELINE'],
    dataset: ['data/tasks/training'],
    gridEncoding: 'json',
    sandbox: 'auto',
    bestOf: 1,
    rounds: 1,
  })
  expect(request?.datasets.map(({ path }) => path)).toEqual([resolve('data/tasks/training')])
})
