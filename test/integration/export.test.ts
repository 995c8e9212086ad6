import { spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { existsSync, readdirSync } from 'node:fs'
import { copyFile, mkdir, mkdtemp, readdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { readDataset } from '../../src/adapters/datasets/read-dataset.ts'
import { writeFingerprints } from '../../src/adapters/exports/fingerprint-files.ts'
import { createRunStore } from '../../src/adapters/stores/create-run-store.ts'
import { createFileBlobs } from '../../src/adapters/stores/file-blobs.ts'
import type { Grid } from '../../src/domain/grids/grid.ts'
import { applyTransforms } from '../../src/domain/grids/transforms/apply-transform.ts'
import type { RecipeName } from '../../src/domain/recipes/recipe.ts'
import type { Pair, TaskPairs } from '../../src/domain/tasks/task.ts'
import { buildPairs } from '../support/build-run.ts'
import { programOf } from '../support/list-exported.ts'
import { recordRun, type SaidSample } from '../support/record-run.ts'
import { beginClient } from '../support/run-client.ts'

const pathOf = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url))
const shipped = pathOf('data/tasks/training')

let folder: string
let dataDir: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'arcloom-export-'))
  dataDir = join(folder, 'data')
})
const begun: ReturnType<typeof beginClient>[] = []
afterEach(async () => {
  for (const client of begun.splice(0)) client.kill('SIGKILL')
  await rm(folder, { recursive: true })
})

const arcloom = (...words: string[]) => beginClient(words, { ...process.env, ARCLOOM_DATA_DIR: dataDir }).ended
const listExports = () => readdir(join(dataDir, 'exports')).catch(() => [])

/** Starts an export that never finishes. @returns with the name of the file it is writing */
async function beginToWrite(format: string) {
  const client = beginClient(['export', format, 'run'], { ...process.env, ARCLOOM_DATA_DIR: dataDir })
  begun.push(client)
  for (;;) {
    const makes = (await listExports()).find((name) => name.includes(`.${client.pid}-`))
    if (makes !== undefined) return { client, makes }
    await setTimeout(20)
  }
}

async function readLines(path: string): Promise<Line[]> {
  const text = await readFile(path, 'utf8')
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Line)
}
interface Line {
  readonly metadata: Readonly<Record<string, unknown>>
}

const right: SaidSample = { texts: [programOf('grid')], right: 'all' }
const wrong: SaidSample = { texts: [programOf('[]')] }

/** Records a run of the tasks at a path, as if a model had answered; by default with one right and one wrong sample each. */
async function record(path: string, recipe: RecipeName = 'code', said: readonly SaidSample[] = [right, wrong]) {
  const { tasks } = await readDataset(path)
  const store = createRunStore(createFileBlobs(join(dataDir, 'runs')), 'test')
  await recordRun(store, { name: 'run', recipe, tasks, paths: [path], say: () => said })
  return tasks
}

async function writeTask(path: string, task: TaskPairs): Promise<void> {
  await mkdir(join(folder, path, '..'), { recursive: true })
  await writeFile(join(folder, path), JSON.stringify(task))
}

/** A made-up benchmark, with as many evaluation tasks as the real one. */
async function writeBenchmark(at: string, evaluationTasks: number, seed: number): Promise<void> {
  for (let index = 0; index < evaluationTasks; index += 1) {
    await writeTask(`${at}/evaluation/e${index}.json`, buildPairs(seed + 3 * index))
  }
}

/** Stores the fingerprints of a benchmark's evaluation tasks in the data folder, as `dataset fetch` does. */
async function keepFingerprints(name: string, seeds: readonly number[]): Promise<void> {
  const tasks = seeds.map((seed, index) => ({
    taskId: `e${index}`,
    version: 0,
    dataset: name,
    split: 'evaluation',
    ...buildPairs(seed),
  }))
  await writeFingerprints(join(dataDir, 'fingerprints'), { name, split: 'evaluation', tree: '', tasks })
}

const disguise = (task: TaskPairs) =>
  applyTransforms(task, [
    { kind: 'symmetry', symmetry: 'rotate-90' },
    { kind: 'permute', symbols: [3, 5, 0, 1, 7, 2, 9, 4, 6, 8] },
  ])

const both = (change: (grid: Grid) => Grid) => (task: TaskPairs) => {
  const changePair = ({ input, output }: Pair) => ({ input: change(input), output: change(output) })
  return { train: task.train.map(changePair), test: task.test.map(changePair) }
}
const changeCell = (grid: Grid) =>
  grid.map((row, y) => row.map((symbol, x) => (x + y === 0 ? (symbol + 1) % 10 : symbol)))
const pad = (grid: Grid) => {
  const edge = Array<number>((grid[0]?.length ?? 0) + 2).fill(5)
  return [edge, ...grid.map((row) => [5, ...row, 5]), edge].slice(0, 30).map((row) => row.slice(0, 30))
}

describe('arcloom export', () => {
  test('writes each format to its own file, once', async () => {
    const tasks = await record(shipped)
    for (const [format, rows] of [
      ['sft', tasks.length],
      ['preferences', tasks.length],
      ['parquet', 2 * tasks.length],
    ] as const) {
      const { code, stdout } = await arcloom('export', format, 'run', '--json')
      expect(code).toBe(0)
      expect(JSON.parse(stdout)).toMatchObject({ format, rows, answers: 2 * tasks.length, refused: [], kin: [] })
    }
    expect(new Set(await listExports())).toEqual(
      new Set(['run-parquet.parquet', 'run-preferences.jsonl', 'run-sft.jsonl']),
    )
    const before = await readFile(join(dataDir, 'exports', 'run-sft.jsonl'), 'utf8')
    const again = await arcloom('export', 'sft', 'run')
    expect(again.code).toBe(2)
    expect(again.stderr).toMatch(/run-sft\.jsonl already exists.*--output PATH/)
    expect(await readFile(join(dataDir, 'exports', 'run-sft.jsonl'), 'utf8')).toBe(before)
    const elsewhere = join(folder, 'new', 'train.jsonl')
    expect((await arcloom('export', 'sft', 'run', '--output', elsewhere)).code).toBe(0)
    expect(await readFile(elsewhere, 'utf8')).toBe(before)
  })

  test('counts tasks with rows and tasks without', async () => {
    const { tasks } = await readDataset(shipped)
    const store = createRunStore(createFileBlobs(join(dataDir, 'runs')), 'test')
    const isGood = (index: number) => index % 3 === 0
    let asked = 0
    await recordRun(store, {
      name: 'run',
      recipe: 'code',
      tasks,
      paths: [shipped],
      say: () => (isGood(asked++) ? [right, right] : [wrong, wrong]),
    })
    const { stdout } = await arcloom('export', 'sft', 'run', '--json')
    const written = await readLines(join(dataDir, 'exports', 'run-sft.jsonl'))
    const good = new Set(written.map(({ metadata }) => metadata['task_id'])).size
    expect(good).toBe(Math.ceil(tasks.length / 3))
    expect(JSON.parse(stdout)).toMatchObject({
      rows: 2 * good,
      answers: 2 * tasks.length,
      tasks: { recorded: tasks.length, exported: good, without_rows: tasks.length - good },
    })
    const told = await arcloom('export', 'sft', 'run', '--output', join(folder, 'again.jsonl'))
    expect(told.stdout).toContain(
      `${2 * good} rows of ${good} tasks, from ${2 * tasks.length} answers (train-correct); ${tasks.length - good} of ${tasks.length} tasks have no row`,
    )
  })

  test('reports progress on stderr, unless a single document was asked for', async () => {
    const { length } = await record(shipped)
    const told = await arcloom('export', 'sft', 'run')
    expect(told.stderr).toContain(`Compared with evaluation tasks: ${length}/${length} tasks\n`)
    expect(told.stderr).toContain(`Written: ${length}/${length} tasks\n`)
    expect((await arcloom('export', 'kaggle', 'run')).stderr).toContain(`Written: ${length}/${length} tasks\n`)
    for (const format of ['preferences', 'submission']) {
      expect((await arcloom('export', format, 'run', '--json')).stderr).toBe('')
    }
  })

  test('removes what killed exports left, and not what a running one writes', async () => {
    const [, second] = await record(shipped)
    const path = join(dataDir, 'runs', 'run', 'records', `${second?.taskId}.json`)
    const gate = join(folder, 'gate')
    await rename(path, join(folder, 'kept'))
    // Reading this record blocks until somebody writes it.
    expect(spawnSync('mkfifo', [path]).status).toBe(0)
    const living = await beginToWrite('kaggle')
    const dead = [await beginToWrite('sft'), await beginToWrite('submission')]
    for (const { client } of dead) client.kill('SIGKILL')
    await Promise.all(dead.map(({ client }) => client.ended))
    expect(new Set(await listExports())).toEqual(new Set([living, ...dead].map(({ makes }) => makes)))

    await rename(path, gate)
    await copyFile(join(folder, 'kept'), path)
    expect((await arcloom('export', 'sft', 'run')).code).toBe(0)
    expect(new Set(await listExports())).toEqual(new Set(['run-sft.jsonl', living.makes]))
    await writeFile(gate, await readFile(path))
    expect((await living.client.ended).code).toBe(0)
    expect(new Set(await listExports())).toEqual(new Set(['run-sft.jsonl', 'run-kaggle.json']))
  })

  test('removes in a folder of somebody else only leftovers of the same file', async () => {
    await record(shipped)
    const { pid } = spawnSync('true')
    const nameLeft = (name: string) => `${name}.${pid}-1.${randomUUID()}.tmp`
    const other = nameLeft('other.jsonl')
    for (const name of [nameLeft('train.jsonl'), other]) await writeFile(join(folder, name), 'half')
    expect((await arcloom('export', 'sft', 'run', '--output', join(folder, 'train.jsonl'))).code).toBe(0)
    expect(await readdir(folder)).toEqual(['data', other, 'train.jsonl'])
  })

  test.each([
    [
      'sft',
      'reasoning',
      ['--only', 'train-correct'],
      /--only train-correct: .*explanations, which cannot be verified; .*: all\./,
    ],
    ['preferences', 'reasoning', [], /Cannot export preferences: .*explanations/],
    ['sft', 'direct', ['--only', 'train-correct'], /--only train-correct: .*grids.*: test-correct, all\./],
    ['preferences', 'code', ['--only', 'all'], /--only all: .*programs.*: train-correct, test-correct\./],
    ['preferences', 'code', [], /none of \d+ answers can be used/],
  ] as const)('refuses what the run does not hold: %s of %s %j', async (format, recipe, flags, words) => {
    await record(shipped, recipe, [{ texts: ['I do not know.'] }])
    const { code, stderr } = await arcloom('export', format, 'run', ...flags)
    expect([code, stderr]).toEqual([2, expect.stringMatching(words)])
    expect(await listExports()).toEqual([])
  })
})

describe('the guard of an export', () => {
  test('stops when it has nothing to compare with, writes nothing, and prints the command that fetches it', async () => {
    await writeTask('arc-agi-1/data/training/a.json', buildPairs(1))
    await record(join(folder, 'arc-agi-1/data/training'))
    const { code, stderr } = await arcloom('export', 'sft', 'run')
    expect([code, stderr]).toEqual([2, expect.stringContaining('\n  npx arcloom dataset fetch arc-agi-1\n')])
    expect(stderr).not.toContain('arc-agi-2')
    expect(await listExports()).toEqual([])
    const allowed = await arcloom('export', 'sft', 'run', '--allow-evaluation', '--json')
    expect(JSON.parse(allowed.stdout)).toMatchObject({ rows: 1, missing_sets: ['arc-agi-1'] })
    const [line] = await readLines(join(dataDir, 'exports', 'run-sft.jsonl'))
    expect(line?.metadata).toMatchObject({ evaluation: false, evaluation_checked: false })
    expect(line?.metadata['checked_against']).toBe('arc-agi-2, arcloom')
  })

  test('leaves out evaluation tasks and their kin, names each, and marks them when they are allowed', async () => {
    await writeBenchmark('arc-agi-2/data', 120, 0)
    await writeTask('arc-agi-2/data/training/disguised.json', disguise(buildPairs(21)))
    await writeTask('arc-agi-2/data/training/own.json', buildPairs(5_868))
    await record(join(folder, 'arc-agi-2/data'))
    const { code, stdout, stderr } = await arcloom('export', 'sft', 'run', '--json')
    expect(code).toBe(0)
    const document = JSON.parse(stdout) as { refused: unknown[] }
    expect(document).toMatchObject({ rows: 1, tasks: { recorded: 122, exported: 1, refused: 121 } })
    expect(document.refused).toContainEqual({
      item: 'disguised',
      task_id: 'disguised',
      dataset: 'arc-agi-2',
      split: 'training',
      kin_to: 'arc-agi-2/evaluation/e7',
      kinship: 'shared-pair',
    })
    expect(stderr).toContain('Left out, because evaluation tasks are not for training: 121\n')
    expect(stderr).toContain('  … and 101 more\n')

    await arcloom('export', 'parquet', 'run', '--allow-evaluation')
    const all = join(folder, 'all.jsonl')
    await arcloom('export', 'sft', 'run', '--allow-evaluation', '--output', all)
    const marked = (await readLines(all)).map(({ metadata }) => [metadata['item'], metadata['evaluation']])
    expect(marked).toHaveLength(122)
    expect(marked).toContainEqual(['own', false])
    expect(marked).toContainEqual(['disguised', true])
  })

  test('exits with 2 when nothing remains', async () => {
    await writeBenchmark('arc-agi-2/data', 120, 0)
    await record(join(folder, 'arc-agi-2/data/evaluation'))
    const { code, stderr } = await arcloom('export', 'sft', 'run')
    expect([code, stderr]).toEqual([
      2,
      expect.stringMatching(/has no task that may be used for training\. --allow-evaluation exports/),
    ])
    expect(await listExports()).toEqual([])
  })

  test('compares with the fingerprints that `dataset fetch` stored', async () => {
    await keepFingerprints('arc-agi-1', [1_000, 1_003])
    await writeTask('mine/training/a.json', disguise(buildPairs(1_003)))
    await writeTask('mine/training/b.json', buildPairs(5_868))
    await record(join(folder, 'mine/training'))
    const { stdout } = await arcloom('export', 'sft', 'run', '--json')
    expect(JSON.parse(stdout)).toMatchObject({
      rows: 1,
      refused: [{ item: 'a', kin_to: 'arc-agi-1/evaluation/e1', kinship: 'shared-pair' }],
    })
    const [line] = await readLines(join(dataDir, 'exports', 'run-sft.jsonl'))
    expect(line?.metadata).toMatchObject({
      evaluation: false,
      evaluation_checked: true,
      checked_against: 'arc-agi-1, arc-agi-2, arcloom',
    })
  })

  test('does not trust a folder’s name about whose evaluation tasks it holds', async () => {
    await writeBenchmark('data/datasets/arc-agi-1/data', 400, 1_000)
    await writeTask('mine/training/a.json', buildPairs(1_003))
    await writeTask('mine/training/b.json', buildPairs(5_868))
    await record(join(folder, 'mine/training'))
    const { stdout, stderr } = await arcloom('export', 'sft', 'run', '--json')
    expect(JSON.parse(stdout)).toMatchObject({ rows: 1, refused: [{ item: 'a' }] })
    expect(stderr).toContain('but not the published content')
    const [line] = await readLines(join(dataDir, 'exports', 'run-sft.jsonl'))
    expect(line?.metadata).toMatchObject({ evaluation_checked: false, checked_against: 'arc-agi-2, arcloom' })
  })

  test('asks for the sets of all benchmarks when tasks are unknown, and accepts any set that is named', async () => {
    await writeTask('mine/training/a.json', buildPairs(1_003))
    await writeTask('mine/training/b.json', buildPairs(5_868))
    await record(join(folder, 'mine/training'))
    const refused = await arcloom('export', 'sft', 'run')
    expect(refused.stderr).toContain('\n  npx arcloom dataset fetch arc-agi-1\n')
    expect(refused.stderr).not.toContain('fetch arc-agi-2')
    await writeBenchmark('clone/arc-agi-1/data', 400, 1_000)
    await writeBenchmark('clone/arc-agi-2/data', 120, 0)
    const guards = ['--guard', join(folder, 'clone/arc-agi-1'), '--guard', join(folder, 'clone/arc-agi-2')]
    const { code, stdout } = await arcloom('export', 'sft', 'run', ...guards, '--json')
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ rows: 1, refused: [{ item: 'a', kin_to: 'arc-agi-1/evaluation/e1' }] })
  })

  const official = pathOf('../shared/arc/arc-agi-2/data')
  const testOfficial = existsSync(official) ? test : test.skip
  testOfficial(
    'recognises real evaluation tasks of ARC-AGI-2 by their fingerprints alone, whatever their names (skipped without ../shared/arc)',
    async () => {
      const names = readdirSync(join(official, 'evaluation')).slice(0, 3)
      const tasks = await Promise.all(
        names.map(async (name) => JSON.parse(await readFile(join(official, 'evaluation', name), 'utf8')) as TaskPairs),
      )
      const [whole, turned, parted] = tasks
      if (whole === undefined || turned === undefined || parted === undefined) throw new Error('there are 120')
      const own = readdirSync(join(official, 'training')).slice(0, 20)
      await mkdir(join(folder, 'arc-agi-1/data/training'), { recursive: true })
      for (const name of own) {
        await symlink(join(official, 'training', name), join(folder, 'arc-agi-1/data/training', name))
      }
      await keepFingerprints('arc-agi-1', [1])
      await writeTask('arc-agi-1/data/training/whole.json', whole)
      await writeTask('arc-agi-1/data/training/turned.json', disguise(turned))
      const [pair] = parted.test
      const mixed = { train: [...buildPairs(5_868).train, ...(pair ? [pair] : [])], test: buildPairs(5_878).test }
      await writeTask('arc-agi-1/data/training/parted.json', mixed)
      await writeTask('arc-agi-1/data/training/changed.json', both(changeCell)(whole))
      await writeTask('arc-agi-1/data/training/padded.json', both(pad)(turned))
      await record(join(folder, 'arc-agi-1/data/training'))
      const { stdout } = await arcloom('export', 'sft', 'run', '--json')
      const nameOf = (index: number) => `arc-agi-2/evaluation/${names[index]?.replace('.json', '')}`
      expect(JSON.parse(stdout)).toMatchObject({
        rows: 20,
        refused: [
          { item: 'changed', kin_to: nameOf(0), kinship: 'near' },
          { item: 'padded', kin_to: nameOf(1), kinship: 'near' },
          { item: 'parted', kin_to: nameOf(2), kinship: 'shared-pair' },
          { item: 'turned', kin_to: nameOf(1), kinship: 'shared-pair' },
          { item: 'whole', kin_to: nameOf(0), kinship: 'shared-pair' },
        ],
      })
    },
  )

  testOfficial(
    'reports kin of official training tasks, and refuses them when asked to (skipped without ../shared/arc)',
    async () => {
      const [first = ''] = readdirSync(join(official, 'training'))
      const task = JSON.parse(await readFile(join(official, 'training', first), 'utf8')) as TaskPairs
      await writeTask('arc-agi-2/data/training/both.json', disguise(task))
      await writeTask('heldout/a.json', task)
      await writeFingerprints(join(dataDir, 'fingerprints'), {
        name: 'arc-agi-1',
        split: 'evaluation',
        tree: '',
        tasks: [{ taskId: 'e', version: 0, dataset: 'arc-agi-1', split: 'evaluation', ...task }],
      })
      await record(join(folder, 'arc-agi-2/data/training'))
      const told = await arcloom('export', 'sft', 'run', '--json')
      expect(JSON.parse(told.stdout)).toMatchObject({
        rows: 1,
        refused: [],
        kin: [{ item: 'both', kin_to: 'arc-agi-1/evaluation/e' }],
      })
      for (const guard of ['arc-agi-1', join(folder, 'heldout')]) {
        const asked = await arcloom('export', 'sft', 'run', '--guard', guard, '--output', join(folder, 'no.jsonl'))
        expect([asked.code, asked.stderr]).toEqual([
          2,
          expect.stringContaining('  both (arc-agi-2/training) is kin to'),
        ])
      }
    },
  )
})

describe('a Parquet file', () => {
  const python = process.env['ARCLOOM_PYTHON'] ?? '/usr/bin/python3'
  const testWith = (name: string) => (spawnSync(python, ['-c', `import ${name}`]).status === 0 ? test : test.skip)
  const run = (program: string) => {
    const { stdout, stderr } = spawnSync(python, ['-c', program], { encoding: 'utf8' })
    if (stderr !== '') throw new Error(stderr)
    return JSON.parse(stdout) as unknown
  }
  const path = () => join(dataDir, 'exports', 'run-parquet.parquet')

  testWith('pyarrow')('can be read by pyarrow (skipped when Python lacks it)', async () => {
    const tasks = await record(shipped)
    await arcloom('export', 'parquet', 'run')
    const program = `
import json, pyarrow.parquet as pq
table = pq.read_table(${JSON.stringify(path())})
rows = table.to_pylist()
print(json.dumps([len(rows), str(table.schema.field('asked_at').type), rows[0]['verdict'], rows[1]['cost_usd'],
                  len(json.loads(rows[0]['messages'])), rows[0]['asked_at'].isoformat(), rows[0]['prompt_tokens']]))`
    expect(run(program)).toEqual([
      2 * tasks.length,
      'timestamp[ms, tz=UTC]',
      'correct',
      null,
      2,
      '2026-01-01T00:00:00+00:00',
      100,
    ])
  })

  testWith('duckdb')('can be read by DuckDB (skipped when Python lacks it)', async () => {
    const tasks = await record(shipped)
    await arcloom('export', 'parquet', 'run')
    const program = `
import json, duckdb
query = "select verdict, count(*), count(cost_usd), sum(prompt_tokens)::int from '${path()}' group by 1 order by 1"
print(json.dumps(duckdb.sql(query).fetchall()))`
    expect(run(program)).toEqual([
      ['correct', tasks.length, tasks.length, 100 * tasks.length],
      ['wrong', tasks.length, 0, 100 * tasks.length],
    ])
  })
})
