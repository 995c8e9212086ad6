import { describe, expect, test } from '@jest/globals'
import { buildReport } from '../../test/support/build-report.ts'
import { buildPairs } from '../../test/support/build-run.ts'
import type { Grid } from '../domain/grids/grid.ts'
import type { ItemRecord, ProgramVerdict } from '../domain/runs/record.ts'
import type { ItemReference } from '../domain/tasks/item.ts'
import { renderReport } from './render-report.ts'
import { renderWholeReport } from './render-whole-report.ts'

const hostile = `</code><script>alert(1)</script>"'|\`x\``

const right = (index: number): Grid => buildPairs(index).test[0]?.output ?? []
const nearlyRight = (index: number): Grid => right(index).map((row, y) => (y === 0 ? [9, ...row.slice(1)] : row))

const given = buildReport([
  [
    { passes: true, outputs: [right(0)] },
    { passes: true, outputs: [right(0)] },
  ],
  [{ passes: false, outputs: [nearlyRight(1)] }],
  [{ passes: false, outputs: [[[1]]], program: `x = ${JSON.stringify(right(2))}` }],
  [],
])

/** The verdict that each program is to get. */
function changeRuns(change: (run: ProgramVerdict, item: ItemReference) => ProgramVerdict) {
  return (record: ItemRecord): ItemRecord => ({
    ...record,
    samples: record.samples.map((sample) => ({
      ...sample,
      rounds: sample.rounds.map((round) => ({ ...round, run: round.run && change(round.run, record.item) })),
    })),
  })
}

describe('an analysis', () => {
  test('says of each task what became of it, in the order of the run', () =>
    expect(given.analysis.per_task.map(({ item, resolution }) => [item, resolution])).toEqual([
      ['task-0', 'solved'],
      ['task-1', 'no-right-candidate'],
      ['task-2', 'no-right-candidate'],
      ['task-3', 'not-recorded'],
    ]))

  test('tells outputs of the wrong size from those with some wrong cells', () =>
    expect(given.analysis.wrong_outputs).toMatchObject({ 'another size': 1, '10–25 % of cells': 1 }))

  test('finds the sample that came nearest to solving each unsolved task', () =>
    expect(given.analysis.nearest_misses).toMatchObject([{ task_id: 'task-1', sample: 0, cells: 8, cells_right: 7 }]))

  test('says how programs came to be right in every format, and on the screen', () => {
    const words =
      '1 program has a train or test output written in (1 a test output); 0 have as much data as a table of the train outputs; 0 gave a different result when run again'
    expect(renderWholeReport(given, 'md')).toContain(words)
    expect(renderWholeReport(given, 'html')).toContain(words)
    expect(renderReport(given.document, 24, given.analysis)).toMatch(/^Evidence .* 0 have as much data/m)
  })

  test('counts programs that spell out a test output', () =>
    expect(given.analysis.programs).toMatchObject({ total: 4, distinct: 3, copying: 1, copying_test: 1 }))
})

describe('a whole report', () => {
  test('is a page that loads nothing and has no script', () => {
    const page = renderWholeReport(given, 'html')
    expect(page).toContain(`content="default-src 'none'`)
    expect(page).not.toMatch(/<script|<link|<img|javascript:|\son\w+=|href=|src=|url\(/i)
    expect(page).toContain('Scores on own training')
  })

  const failing = buildReport([[{ passes: false, outputs: [null] }]], {
    change: changeRuns((run) => ({
      ...run,
      pairs: run.pairs.map((pair) => ({ ...pair, error_type: hostile, message: hostile })),
    })),
  })
  const told = { ...failing, document: { ...failing.document, reason: hostile, model: hostile } }

  test('never lets the text of a model or a program become markup', () => {
    const page = renderWholeReport(told, 'html')
    expect(page).toContain('&#60;script&#62;')
    expect(page).not.toMatch(/<script|<\/code><|"'\|/)
    const tables = renderWholeReport(told, 'md').split('## Exceptions of programs')[1]
    expect(tables).toContain('\\<script\\>')
    expect(tables).not.toMatch(/[^\\]<script/)
  })

  test('of reasoning alone makes no claims about right or wrong, and counts explanations', () => {
    const reasoning = buildReport([[{ grids: [] }, { grids: [] }], []], {
      specification: { kind: 'generation', recipe: 'reasoning' },
      reasonings: ['Turn it.', 'Turn it.'],
    })
    expect(reasoning.document).toMatchObject({ scores: null, solved_task_ids: [], unsolved_task_ids: [] })
    for (const format of ['md', 'html'] as const) {
      const text = renderWholeReport(reasoning, format).replace(/<style>[^]*<\/style>/, '')
      expect(text).toMatch(/2 samples with an explanation, 1 of them distinct/)
      expect(text).not.toMatch(/solved|oracle|attempts|no-right-candidate/i)
    }
  })

  test('is the document of `--json` plus the analysis', () =>
    expect(JSON.parse(renderWholeReport(given, 'json'))).toEqual(
      JSON.parse(JSON.stringify({ ...given.document, analysis: given.analysis })),
    ))
})

test('exceptions of programs are listed with message and place in every format, and on the screen', () => {
  const fault = { verdict: 'error', error_type: 'IndexError', message: 'list index out of range', line: 2 } as const
  const raising = buildReport([[{ passes: false, outputs: [null] }], [{ passes: false, outputs: [null] }]], {
    change: changeRuns((run) => ({ ...run, pairs: run.pairs.map((pair) => ({ ...pair, ...fault })) })),
  })
  const words = 'IndexError: list index out of range'
  expect(renderWholeReport(raising, 'md')).toContain(`| ${words} | 2 | task-0, line 2 |`)
  expect(renderWholeReport(raising, 'html')).toMatch(new RegExp(`<td class="">${words}</td>\\s*<td class="n">2</td>`))
  expect(JSON.parse(renderWholeReport(raising, 'json'))).toMatchObject({
    analysis: { exceptions: [{ error_type: 'IndexError', programs: 2, item: 'task-0', line: 2 }] },
  })
  expect(renderReport(raising.document, 24, raising.analysis)).toContain(
    `## Exceptions of programs (2)\n\n- 2 × ${words} (first in task-0, line 2)\n`,
  )
})

test('the first page names five exceptions and counts the others', () => {
  const kinds = Array.from({ length: 8 }, (_, index) => `Error${String.fromCharCode(65 + index)}`)
  const raising = buildReport(
    kinds.map(() => [{ passes: false, outputs: [null] }]),
    {
      change: changeRuns((run, { key }) => {
        const error_type = kinds[Number(key.slice('task-'.length))] ?? ''
        return { ...run, pairs: run.pairs.map((pair) => ({ ...pair, error_type })) }
      }),
    },
  )
  const page = renderReport(raising.document, 24, raising.analysis)
  expect(page).toContain('## Exceptions of programs (8)')
  expect(page.match(/^- 1 × Error/gm)).toHaveLength(5)
  expect(page).toMatch(/^- and 3 more$/m)
})

describe('an unfinished run', () => {
  test('has its scores over recorded tasks beside those over all tasks', () => {
    const { scores, recorded_scores } = given.document
    expect(scores).toMatchObject([{ tasks: 4, strict: { value: 0.25 } }])
    expect(recorded_scores).toMatchObject([{ tasks: 3, strict: { value: expect.closeTo(1 / 3) } }])
  })

  test.each(['md', 'html'] as const)('says in %s what each score is over', (format) => {
    const text = renderWholeReport(given, format).replaceAll(/\s+/g, ' ')
    expect(text).toContain('the 3 tasks recorded so far')
    expect(text).toContain('all 4 tasks; 1 not recorded counts as wrong')
  })
})
