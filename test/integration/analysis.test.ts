import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { createRunStore } from '../../src/adapters/stores/create-run-store.ts'
import { createFileBlobs } from '../../src/adapters/stores/file-blobs.ts'
import type { Comparison } from '../../src/domain/compare/compare-runs.ts'
import type { Rescoring } from '../../src/domain/compare/rescoring.ts'
import type { RunDocument } from '../../src/domain/results/run-document.ts'
import type { Report } from '../../src/report/render-whole-report.ts'
import type { SampleFacts } from '../support/build-record.ts'
import { buildPairs } from '../support/build-run.ts'
import { putRun } from '../support/put-run.ts'
import { beginClient } from '../support/run-client.ts'

let dataDir: string
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'arcloom-analysis-'))
  const store = createRunStore(createFileBlobs(join(dataDir, 'runs')), 'test')
  const solve = (...tasks: boolean[]) =>
    tasks.map((solved, index): SampleFacts[] => [
      { passes: true, outputs: [solved ? (buildPairs(index).test[0]?.output ?? null) : [[5]]] },
      { passes: false, outputs: [null] },
    ])
  await putRun(store, solve(true, true, false), { runId: 'first', group: 'first' })
  await putRun(store, solve(true, false, false), { runId: 'second', group: 'first' })
  await putRun(store, solve(true, false), { runId: 'shorter' })
  await putRun(store, solve(true), { runId: 'unfinished', items: 3 })
  await putRun(store, [[{ grids: [] }]], { runId: 'words', specification: { kind: 'generation', recipe: 'reasoning' } })
})
afterAll(() => rm(dataDir, { recursive: true }))

async function run(...words: string[]) {
  const { code, stdout, stderr } = await beginClient(words, { ...process.env, ARCLOOM_DATA_DIR: dataDir }).ended
  return { code, stdout, stderr }
}

async function runJson<Document>(...words: string[]): Promise<Document> {
  const { code, stdout } = await run(...words, '--json')
  expect(code).toBe(0)
  return JSON.parse(stdout) as Document
}

describe('report', () => {
  test('prints a summary, a whole report, a page or a document, all with the same scores', async () => {
    const document = await runJson<RunDocument & Pick<Report, 'analysis'>>('report', 'first')
    expect(document.scores?.[0]?.strict.value).toBeCloseTo(2 / 3, 12)
    expect(document.analysis.per_task).toHaveLength(3)
    const [page, whole, html] = await Promise.all([
      run('report', 'first'),
      run('report', 'first', '--format', 'md'),
      run('report', 'first', '--format', 'html'),
    ])
    for (const { code, stdout } of [page, whole, html]) {
      expect(code).toBe(0)
      expect(stdout).toContain('66.7 %')
    }
    expect(whole.stdout).toContain('## Tasks')
    expect(page.stdout).not.toContain('## Tasks')
    expect(html.stdout).toMatch(/^<!doctype html>/)
  })

  test('names files so that they open from the current folder', async () => {
    const folder = await createRunStore(createFileBlobs(join(dataDir, 'runs')), 'test').openRun('first')
    const state = await folder.readState()
    const results = join(dataDir, 'benchmark', 'r.json')
    await folder.putState({ ...state, results_file: 'benchmark/r.json', report_file: 'runs/first/report.md' })
    for (const command of ['status', 'report']) {
      expect(await runJson(command, 'first')).toMatchObject({
        results_file: 'benchmark/r.json',
        results_path: results,
        report_path: join(dataDir, 'runs/first/report.md'),
      })
    }
    expect((await run('status', 'first')).stdout).toMatch(new RegExp(`^Results +${results}$`, 'm'))
    const below = { ...process.env, ARCLOOM_DATA_DIR: dataDir }
    const { stdout } = await beginClient(['status', 'first'], below, { cwd: dataDir }).ended
    expect(stdout).toMatch(/^Results +benchmark\/r\.json$/m)
    await folder.putState(state)
  })
})

describe('compare', () => {
  test('pairs runs, or the runs of a group', async () => {
    const comparison = await runJson<Comparison>('compare', 'first', 'second')
    expect(comparison.pairs).toMatchObject([
      { a: 'first', b: 'second', only_a: ['task-1'], only_b: [], mcnemar_p: 1, differs: [] },
    ])
    expect(comparison.runs.map(({ run_id }) => run_id)).toEqual(['first', 'second'])
    expect((await runJson<Comparison>('compare', 'first')).pairs).toHaveLength(1)
    expect((await run('compare', 'first', 'second')).stdout).toMatch(/only first solved 1: task-1/)
  })

  test('refuses runs of different tasks, says how they differ, and compares the common tasks when told to', async () => {
    const refused = await run('compare', 'first', 'shorter')
    expect(refused.code).toBe(2)
    expect(refused.stderr).toContain('first has 1 task that is not in every run: task-2')
    const comparison = await runJson<Comparison>('compare', 'first', 'shorter', '--common-tasks')
    expect(comparison).toMatchObject({ common_tasks: 2, pairs: [{ tasks: 2 }], scores: [{ tasks: 2 }, { tasks: 2 }] })
    const { stdout, stderr } = await run('compare', 'first', 'shorter', '--common-tasks')
    expect(stderr).toContain('left out of the comparison: first has 1 task')
    expect(stdout).toMatch(/^\S+ training, the 2 tasks common to all runs\n/)
    expect(stdout).toContain('cost, tokens and time cover all tasks of a run')
  })

  test('leaves out what an unfinished run has not recorded, and counts it as wrong when told to', async () => {
    const { stdout, stderr } = await run('compare', 'first', 'unfinished')
    expect(stderr).toMatch(
      /unfinished is unfinished \(interrupted\): 2 of 3 tasks are not recorded, and left out for all runs/,
    )
    expect(stdout).toMatch(/^\S+ training, the 1 task recorded by all runs\n/)
    expect(stdout).toContain('No difference is shown: the true one may be anything from')
    expect(await runJson<Comparison>('compare', 'first', 'unfinished')).toMatchObject({
      basis: 'recorded',
      unrecorded: [{ run: 'unfinished', tasks: 2 }],
      pairs: [{ tasks: 1, better: null }],
    })
    const all = await run('compare', 'first', 'unfinished', '--all-tasks')
    expect(all.stderr).toMatch(/2 of 3 tasks are not recorded, and count as wrong/)
    expect(all.stdout).toContain('on 3 tasks')
  })

  test('refuses a single run, and a run without scores', async () => {
    expect(await run('compare', 'shorter')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('is a single run'),
    })
    expect(await run('compare', 'first', 'words')).toMatchObject({ code: 2, stderr: expect.stringContaining('words') })
  })
})

test('rescore shows the old numbers beside the new ones, and names its selection rule', async () => {
  // Every stored answer is now the same, and none has a program.
  const rescoring = await runJson<Rescoring>('rescore', 'first', '--selection', 'votes-alone')
  expect(rescoring).toMatchObject({ samples: 6, samples_changed: 6, programs_run_again: 0, verification: null })
  expect(rescoring.no_longer_solved).toEqual(['task-0', 'task-1'])
  expect(rescoring.after.scoring.selection_rule.name).toBe('votes-alone')
  expect((await run('rescore', 'first', '--selection', 'luck')).code).toBe(2)
})

test('export writes to the data folder, and never over an existing file', async () => {
  const { output } = await runJson<{ output: string }>('export', 'kaggle', 'first')
  expect(output.startsWith(dataDir)).toBe(true)
  expect(Object.keys(JSON.parse(await readFile(output, 'utf8')) as object)).toEqual(['task-0', 'task-1', 'task-2'])
  expect(await run('export', 'kaggle', 'first')).toMatchObject({ code: 2, stderr: expect.stringContaining('--output') })
  expect((await run('export', 'kaggle', 'words')).code).toBe(2)
})
