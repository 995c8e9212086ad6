import { expect, test } from '@jest/globals'
import { buildReport } from '../../../test/support/build-report.ts'
import { buildPairs } from '../../../test/support/build-run.ts'
import { compareRuns } from '../../domain/compare/compare-runs.ts'
import { renderComparison } from './render-comparison.ts'

const solve = (index: number) => [{ passes: true, outputs: [buildPairs(index).test[0]?.output ?? null] }]
const whole = buildReport([solve(0), solve(1), solve(2), solve(3)], { runId: 'whole' })

test('a run that is not finished has both rates, each named', () => {
  const part = buildReport([solve(0), [{ passes: false, outputs: [[[5]]] }], [], []], { runId: 'part' })
  const text = renderComparison(compareRuns([whole, part]))
  expect(text).toMatch(
    /part is not finished: leaderboard 50\.0 % \(.*\) over the 2 tasks recorded, 25\.0 % \(.*\) over all 4 wanted/,
  )
  expect(text).not.toContain('whole is not finished')
})
