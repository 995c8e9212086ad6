import { describe, expect, test } from '@jest/globals'
import { buildPairs } from '../../../test/support/build-run.ts'
import { buildRecord, type SampleFacts } from '../../../test/support/build-record.ts'
import { createRunCounter } from '../count-run.ts'
import type { Grid } from '../grid.ts'
import type { ItemReference } from '../item.ts'
import { totalLedger } from '../ledger.ts'
import type { ItemRecord } from '../record.ts'
import { describeRun } from '../run-document.ts'
import { buildNewRun } from '../../../test/support/build-run.ts'
import { createRunAnalysis } from './analyze-run.ts'
import { renderWholeReport } from './render-whole-report.ts'

const hostile = `</code><script>alert(1)</script>"'|\`x\``

const nameItem = (index: number): ItemReference => ({
  key: `task-${index}`,
  task_id: `task-${index}`,
  version: 0,
  hash: String(index),
  dataset: 'own',
  split: 'training',
})

/** A report on items whose samples gave this; an item without samples is not recorded. */
function report(items: readonly SampleFacts[][], change: (record: ItemRecord) => ItemRecord = (record) => record) {
  const counter = createRunCounter(2)
  const analysis = createRunAnalysis()
  for (const [index, samples] of items.entries()) {
    const record = samples.length === 0 ? undefined : change(buildRecord(nameItem(index), buildPairs(index), samples))
    counter.add(nameItem(index), buildPairs(index), record)
    analysis.add(nameItem(index), buildPairs(index), record)
  }
  const { run, state } = buildNewRun({ runId: 'run', items: items.length })
  const numbers = {
    run,
    state: { ...state, ended_at: state.started_at },
    counts: counter.counts(),
    ledger: totalLedger([]),
    answers: 0,
    wanted: 0,
    failures: [],
  }
  return {
    document: describeRun(numbers, 0, null),
    analysis: analysis.analysis(items.map((_, index) => nameItem(index))),
  }
}

const right = (index: number): Grid => buildPairs(index).test[0]?.output ?? []
const nearlyRight = (index: number): Grid => right(index).map((row, y) => (y === 0 ? [9, ...row.slice(1)] : row))

const given = report([
  [
    { passes: true, outputs: [right(0)] },
    { passes: true, outputs: [right(0)] },
  ],
  [{ passes: false, outputs: [nearlyRight(1)] }],
  [{ passes: false, outputs: [[[1]]], program: `x = ${JSON.stringify(right(2))}` }],
  [],
])

describe('an analysis', () => {
  test('says of each task what became of it, in the order of the run', () =>
    expect(given.analysis.per_task.map(({ item, resolution }) => [item, resolution])).toEqual([
      ['task-0', 'solved'],
      ['task-1', 'no-right-candidate'],
      ['task-2', 'no-right-candidate'],
      ['task-3', 'not-recorded'],
    ]))

  test('tells outputs of another size from those with some cells wrong', () =>
    expect(given.analysis.wrong_outputs).toMatchObject({ 'another size': 1, '10–25 % of cells': 1 }))

  test('finds the sample that came nearest to each unsolved task', () =>
    expect(given.analysis.nearest_misses).toMatchObject([{ task_id: 'task-1', sample: 0, cells: 8, cells_right: 7 }]))

  test('counts programs with a test output written out', () =>
    expect(given.analysis.programs).toMatchObject({ total: 4, distinct: 3, copying: 1, copying_test: 1 }))
})

describe('a whole report', () => {
  test('is a page that may load nothing and holds no script', () => {
    const page = renderWholeReport(given, 'html')
    expect(page).toContain(`content="default-src 'none'`)
    expect(page).not.toMatch(/<script|<link|<img|javascript:|\son\w+=|href=|src=|url\(/i)
    expect(page).toContain('Scores on own training')
  })

  const failing = report([[{ passes: false, outputs: [null] }]], (record) => ({
    ...record,
    samples: record.samples.map((sample) => ({
      ...sample,
      rounds: sample.rounds.map((round) => ({
        ...round,
        run: round.run && {
          ...round.run,
          pairs: round.run.pairs.map((pair) => ({ ...pair, error_type: hostile, message: hostile })),
        },
      })),
    })),
  }))
  const told = { ...failing, document: { ...failing.document, reason: hostile, model: hostile } }

  test('never lets the text of a model or a program become markup', () => {
    const page = renderWholeReport(told, 'html')
    expect(page).toContain('&#60;script&#62;')
    expect(page).not.toMatch(/<script|<\/code><|"'\|/)
    const tables = renderWholeReport(told, 'md').split('## Exceptions of programs')[1]
    expect(tables).toContain('\\<script\\>')
    expect(tables).not.toMatch(/[^\\]<script/)
  })

  test('is the document of `--json` with the analysis in it', () =>
    expect(JSON.parse(renderWholeReport(given, 'json'))).toEqual(
      JSON.parse(JSON.stringify({ ...given.document, analysis: given.analysis })),
    ))
})
