import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { readDataset } from '../../src/adapters/datasets/read-dataset.ts'
import { createRunStore } from '../../src/adapters/stores/create-run-store.ts'
import { createFileBlobs } from '../../src/adapters/stores/file-blobs.ts'
import type { RecipeName } from '../../src/domain/recipes/recipe.ts'
import type { Task } from '../../src/domain/tasks/task.ts'
import { programOf } from '../support/list-exported.ts'
import { recordRun, type SaidSample } from '../support/record-run.ts'
import { beginClient } from '../support/run-client.ts'

const shipped = fileURLToPath(new URL('../../data/tasks/training', import.meta.url))

let folder: string
let dataDir: string
let tasks: readonly Task[]
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'arcloom-export-'))
  dataDir = join(folder, 'data')
  // Known training tasks, so that no evaluation set has to be fetched.
  tasks = (await readDataset(shipped)).tasks.slice(0, 4)
})
afterEach(() => rm(folder, { recursive: true }))

const arcloom = (...words: string[]) => beginClient(words, { ...process.env, ARCLOOM_DATA_DIR: dataDir }).ended
const listExports = () => readdir(join(dataDir, 'exports')).catch(() => [])

type Say = (task: Task, index: number) => readonly SaidSample[] | undefined

async function record(name: string, say: Say, recipe: RecipeName = 'code'): Promise<void> {
  const store = createRunStore(createFileBlobs(join(dataDir, 'runs')), 'test')
  await recordRun(store, { name, recipe, tasks, paths: [shipped], say })
}

interface Row {
  readonly messages: readonly Readonly<Record<string, unknown>>[]
  readonly metadata: Readonly<Record<string, unknown>>
}

async function readRows(name: string): Promise<Row[]> {
  const text = await readFile(join(dataDir, 'exports', name), 'utf8')
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Row)
}

/** The runs and samples of the rows, by task. */
const placesOf = (rows: readonly Row[], index: number) =>
  rows
    .filter(({ metadata }) => metadata['task_id'] === tasks[index]?.taskId)
    .map(({ metadata }) => `${String(metadata['run_id'])} ${String(metadata['sample'])}`)

const right = (body: string, more: Partial<SaidSample> = {}): SaidSample => ({
  texts: [programOf(body)],
  right: 'all',
  ...more,
})
const wrong: SaidSample = { texts: [programOf('[]')] }
const copying = ({ train }: Task) => right(JSON.stringify(train[0]?.output))

describe('an export of several runs', () => {
  test('has the rows of all runs in one file, task by task, in the order of the arguments', async () => {
    await record('one', () => [right('1'), wrong])
    await record('two', () => [wrong, right('2')])
    const { code, stdout } = await arcloom('export', 'sft', 'two', 'one', '--json')
    expect(code).toBe(0)
    const rows = await readRows('two+one-sft.jsonl')
    for (const index of tasks.keys()) expect(placesOf(rows, index)).toEqual(['two 1', 'one 0'])
    expect(JSON.parse(stdout)).toMatchObject({
      run_id: null,
      only: 'train-correct',
      answers: 16,
      rows: 8,
      left_out: { criterion: 8, copied_outputs: 0, no_reasoning: 0, unpaired: 0, repeated: 0, max_per_task: 0 },
      tasks: { total: 4, recorded: 4, exported: 4, without_rows: 0, refused: 0 },
      runs: [
        { run_id: 'two', only: 'train-correct', tasks: { total: 4, recorded: 4 }, answers: 8, rows: 4 },
        { run_id: 'one', only: 'train-correct', tasks: { total: 4, recorded: 4 }, answers: 8, rows: 4 },
      ],
    })
  })

  test('has the same rows for a run as an export of it alone', async () => {
    await record('one', () => [right('1'), right('2'), wrong])
    await record('two', () => [right('3')])
    for (const format of ['sft', 'preferences']) {
      await arcloom('export', format, 'one')
      await arcloom('export', format, 'one', 'two', '--output', join(dataDir, 'exports', `${format}-both.jsonl`))
      const rows = (await readRows(`${format}-both.jsonl`)).filter(({ metadata }) => metadata['run_id'] === 'one')
      expect(rows).toEqual(await readRows(`one-${format}.jsonl`))
    }
  })

  test('uses from each run what its answers can show', async () => {
    await record('code', () => [right('1')])
    await record('direct', ({ test }) => [{ texts: test.map(({ output }) => JSON.stringify(output)) }], 'direct')
    const { stdout } = await arcloom('export', 'sft', 'code', 'direct', '--json')
    expect(JSON.parse(stdout)).toMatchObject({
      only: null,
      runs: [
        { run_id: 'code', only: 'train-correct', rows: 4 },
        { run_id: 'direct', only: 'test-correct' },
      ],
    })
    const { code, stderr } = await arcloom('export', 'sft', 'code', 'direct', '--only', 'train-correct')
    expect([code, stderr]).toEqual([2, expect.stringMatching(/--only train-correct: run direct asked for grids/)])
  })

  test('takes a run once that is named twice, even by a prefix', async () => {
    await record('one', () => [right('1')])
    const { code, stdout, stderr } = await arcloom('export', 'sft', 'one', 'on', 'last')
    expect([code, stdout]).toEqual([0, expect.stringContaining('one-sft.jsonl: 4 rows of 4 tasks')])
    expect(stderr).toContain('Run one is named more than once; its answers are exported once.\n')
  })

  test('writes nothing when one of the runs is unknown, and suggests a name', async () => {
    await record('one', () => [right('1')])
    const { code, stderr } = await arcloom('export', 'sft', 'one', 'oen')
    expect([code, stderr]).toEqual([2, expect.stringContaining('There is no run "oen". Did you mean one?')])
    expect(await listExports()).toEqual([])
  })

  test('says which runs lack tasks, and continues without a run that has no records', async () => {
    await record('whole', () => [right('1')])
    await record('half', (_, index) => (index < 2 ? [right('2')] : undefined))
    await record('none', () => undefined)
    const { code, stdout, stderr } = await arcloom('export', 'sft', 'whole', 'half', 'none')
    expect([code, stdout]).toEqual([0, expect.stringContaining('6 rows of 4 tasks, from 6 answers of 3 runs')])
    expect(stderr).toContain('2 of 4 tasks of run half are recorded; the others are not in the file.\n')
    expect(stderr).toContain('0 of 4 tasks of run none are recorded; the others are not in the file.\n')
    expect(stdout).toContain('Runs without a row: none.\n')
    const nothing = await arcloom('export', 'sft', 'none')
    expect([nothing.code, nothing.stderr]).toEqual([2, expect.stringContaining('run none has recorded no task yet')])
  })

  test('leaves out of all runs a task that one of them calls an evaluation task', async () => {
    await record('one', () => [right('1')])
    const [first] = tasks
    tasks = tasks.map((task) => (task === first ? { ...task, taskId: 'kept', split: 'evaluation' } : task))
    await record('two', () => [right('2')])
    const { stdout } = await arcloom('export', 'sft', 'one', 'two', '--json')
    expect(JSON.parse(stdout)).toMatchObject({
      rows: 6,
      tasks: { recorded: 5, exported: 3, refused: 2 },
      refused: [
        { task_id: first?.taskId, split: 'training' },
        { task_id: 'kept', split: 'evaluation' },
      ],
    })
    const left = new Set((await readRows('one+two-sft.jsonl')).map(({ metadata }) => metadata['task_hash']))
    expect(left.size).toBe(3)
  })

  test('is refused for a leaderboard, with the command to type instead', async () => {
    await record('one', () => [right('1')])
    await record('two', () => [right('1')])
    for (const format of ['submission', 'kaggle']) {
      const { code, stderr } = await arcloom('export', format, 'one', 'two')
      expect(code).toBe(2)
      expect(stderr).toContain(`  npx arcloom export ${format} one\n  npx arcloom export ${format} two\n`)
    }
    expect(await listExports()).toEqual([])
  })
})

describe('the selection of an export', () => {
  test('leaves out programs that hold outputs of their task, and marks them when they are asked for', async () => {
    await record('run', (task) => [copying(task), right('1')])
    const { stdout } = await arcloom('export', 'sft', 'run')
    expect(stdout).toContain('4 rows of 4 tasks, from 8 answers')
    expect(stdout).toContain(
      'Left out: 4 answers whose program contains outputs of its task (--include-copied keeps them).\n',
    )
    const rows = await readRows('run-sft.jsonl')
    expect(placesOf(rows, 0)).toEqual(['run 1'])
    expect(rows[0]?.metadata).not.toHaveProperty('copied_outputs')

    const both = join(dataDir, 'exports', 'both.jsonl')
    await arcloom('export', 'sft', 'run', '--include-copied', '--output', both)
    const marked = (await readRows('both.jsonl')).map(({ metadata }) => metadata['copied_outputs'])
    expect(marked).toHaveLength(8)
    expect(marked.slice(0, 2)).toEqual([expect.stringMatching(/^train 1/), ''])
  })

  test('keeps such programs in Parquet, unless told otherwise', async () => {
    await record('run', (task) => [copying(task), right('1')])
    const count = async (...flags: string[]) => {
      const output = join(folder, `${flags.join('')}.parquet`)
      const { stdout } = await arcloom('export', 'parquet', 'run', '--json', '--output', output, ...flags)
      const { rows, left_out } = JSON.parse(stdout) as { rows: number; left_out: { copied_outputs: number } }
      return [rows, left_out.copied_outputs]
    }
    expect(await count()).toEqual([8, 0])
    expect(await count('--exclude-copied')).toEqual([4, 4])
  })

  test('says what was left out when nothing remains, and writes nothing', async () => {
    await record('run', (task) => [copying(task), wrong])
    const { code, stderr } = await arcloom('export', 'sft', 'run')
    expect([code, stderr]).toEqual([
      2,
      expect.stringContaining('none of 8 answers can be used for sft (train-correct)'),
    ])
    expect(stderr).toContain(
      '4 answers that do not count as good (train-correct); 4 answers whose program contains outputs',
    )
    expect(await listExports()).toEqual([])
  })

  test('has each program of a task once, over all runs, and no more rows per task than asked for', async () => {
    await record('one', () => [right('1'), right('1'), right('2')])
    await record('two', () => [right('2'), right('3'), right('4')])
    const { stdout } = await arcloom('export', 'sft', 'one', 'two', '--unique', '--max-per-task', '3', '--json')
    expect(JSON.parse(stdout)).toMatchObject({ answers: 24, rows: 12, left_out: { repeated: 8, max_per_task: 4 } })
    const rows = await readRows('one+two-sft.jsonl')
    for (const index of tasks.keys()) expect(placesOf(rows, index)).toEqual(['one 0', 'one 2', 'two 1'])
  })

  test('gives the same file again', async () => {
    await record('one', () => [right('1'), right('1'), wrong])
    await record('two', () => [right('1'), right('3'), wrong])
    const flags = ['--unique', '--max-per-task', '2']
    await arcloom('export', 'preferences', 'one', 'two', ...flags)
    await arcloom('export', 'preferences', 'one', 'two', ...flags, '--output', join(dataDir, 'exports', 'again.jsonl'))
    expect(await readRows('again.jsonl')).toEqual(await readRows('one+two-preferences.jsonl'))
  })

  test('counts pairs of programs in preferences', async () => {
    await record('one', () => [right('1'), wrong])
    await record('two', () => [right('1'), wrong, right('2'), { texts: [programOf('[[]]')] }])
    const { stdout } = await arcloom('export', 'preferences', 'one', 'two', '--unique', '--json')
    expect(JSON.parse(stdout)).toMatchObject({ rows: 8, left_out: { repeated: 4 } })
  })
})

describe('the reasoning in an sft export', () => {
  const thinking = () => [right('1', { reasoning: 'I see.' }), right('2')]

  test('is left out by default', async () => {
    await record('run', thinking)
    await arcloom('export', 'sft', 'run')
    const [row] = await readRows('run-sft.jsonl')
    expect(row?.messages.at(-1)).toEqual({ role: 'assistant', content: programOf('1') })
    expect(row?.metadata).not.toHaveProperty('has_reasoning')
  })

  test.each([
    ['think', { role: 'assistant', content: `<think>\nI see.\n</think>\n\n${programOf('1')}` }],
    ['reasoning_content', { role: 'assistant', content: programOf('1'), reasoning_content: 'I see.' }],
  ])('goes where --reasoning %s puts it', async (form, message) => {
    await record('run', thinking)
    await arcloom('export', 'sft', 'run', '--reasoning', form)
    const rows = await readRows('run-sft.jsonl')
    expect(rows[0]?.messages.at(-1)).toEqual(message)
    expect(rows.slice(0, 2).map(({ metadata }) => metadata['has_reasoning'])).toEqual([true, false])
  })

  test('can be required', async () => {
    await record('run', thinking)
    const { stdout } = await arcloom('export', 'sft', 'run', '--reasoning', 'think', '--require-reasoning', '--json')
    expect(JSON.parse(stdout)).toMatchObject({ rows: 4, left_out: { no_reasoning: 4 } })
    const { code, stderr } = await arcloom('export', 'sft', 'run', '--require-reasoning')
    expect([code, stderr]).toEqual([2, expect.stringContaining('--reasoning think')])
  })
})

describe('an impossible export', () => {
  test.each([
    ['sft', ['--max-per-task', '0'], /--max-per-task.*'0'.*whole number from 1/],
    ['sft', ['--max-per-task', '-3'], /--max-per-task.*'-3'.*whole number from 1/],
    ['sft', ['--max-per-task', '1.5'], /--max-per-task.*'1\.5'.*whole number from 1/],
    ['sft', ['--max-per-task', 'many'], /--max-per-task.*'many'.*whole number from 1/],
    ['sft', ['--reasoning', 'only'], /--reasoning.*'only'.*none, think, reasoning_content/],
    ['sft', ['--include-copied', '--exclude-copied'], /--include-copied.*cannot be used with.*--exclude-copied/],
    ['preferences', ['--reasoning', 'think'], /unknown option '--reasoning'/],
  ])('is refused: %s %j', async (format, flags, words) => {
    const { code, stderr } = await arcloom('export', format, 'run', ...flags)
    expect([code, stderr]).toEqual([2, expect.stringMatching(words)])
  })

  test('is explained by an example in the help', async () => {
    const { code, stdout } = await arcloom('export', 'sft', '--help')
    expect(code).toBe(0)
    expect(stdout).toContain('npx arcloom export sft RUN OTHER-RUN --unique --max-per-task 4')
  })
})
