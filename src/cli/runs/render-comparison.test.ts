import { describe, expect, test } from '@jest/globals'
import { buildReport } from '../../../test/support/build-report.ts'
import { buildPairs } from '../../../test/support/build-run.ts'
import { compareRuns } from '../../domain/compare/compare-runs.ts'
import { measureWidth } from '../terminal/display-width.ts'
import { renderComparison } from './render-comparison.ts'

const solve = (index: number) => [{ passes: true, outputs: [buildPairs(index).test[0]?.output ?? null] }]
const whole = buildReport([solve(0), solve(1), solve(2), solve(3)], { runId: 'whole' })

test('an unfinished run has both rates, each with its name', () => {
  const part = buildReport([solve(0), [{ passes: false, outputs: [[[5]]] }], [], []], { runId: 'part' })
  const text = renderComparison(compareRuns([whole, part]))
  expect(text).toMatch(
    /part is not finished: leaderboard 50\.0 % \(.*\) over the 2 tasks recorded, 25\.0 % \(.*\) over all 4/,
  )
  expect(text).not.toContain('whole is not finished')
})

describe('on a terminal', () => {
  const names = ['code-openrouter-deepseek-chat-1', 'code-openrouter-gemini-flash-2']
  const comparison = compareRuns(
    names.map((runId, run) =>
      buildReport(
        [0, 1, 2, 3].map((index) => [solveSome(index, run)]),
        { runId, costUsd: 12.5 },
      ),
    ),
  )

  test.each([40, 80, 120, 300])('no line is longer than its %i columns', (columns) => {
    const lines = renderComparison(comparison, columns).split('\n')
    expect(lines.filter((line) => measureWidth(line) > columns)).toEqual([])
  })

  test('runs are side by side in 80 columns, and one below the other in 40', () => {
    expect(renderComparison(comparison, 80)).toMatch(/^leaderboard {4}100\.0 % \(.*\) {2,}50\.0 % \(.*\)$/m)
    expect(renderComparison(comparison, 40)).toMatch(
      /^code-openrouter-gemini-flash-2\n {2}model {10}MODEL\n {2}leaderboard {4}50\.0 % \(.*\)$/m,
    )
  })

  test('elsewhere every run is one line, and no sentence is broken', () => {
    const text = renderComparison(comparison)
    expect(text).toMatch(/^code-openrouter-gemini-flash-2 +MODEL +50\.0 % \(.*4\/4$/m)
    expect(text).toMatch(/^ {2}only code-openrouter-deepseek-chat-1 solved 2: task-1, task-3$/m)
  })
})

test('a single task is in the singular', () => {
  const [a, b] = ['a', 'b'].map((runId) => buildReport([solve(0)], { runId }))
  expect(renderComparison(compareRuns([a, b].flatMap((run) => run ?? [])))).toContain(
    'a minus b, on 1 task of own training',
  )
})

/** The first run solves every task, the second every other one. */
function solveSome(index: number, run: number) {
  const right = run === 0 || index % 2 === 0
  return { passes: right, outputs: [right ? (buildPairs(index).test[0]?.output ?? null) : [[5]]] }
}
