import { describe, expect, test } from '@jest/globals'
import { buildRunSummary, buildSummaryNumbers } from '../../../test/support/build-run-summary.ts'
import { arrangeRuns } from './arrange-runs.ts'

const runs = [
  buildRunSummary({ run_id: 'c', group: 'sweep', model: 'KESTREL', numbers: buildSummaryNumbers(0.2, 3) }),
  buildRunSummary({ run_id: 'b', numbers: null, state: 'running', places: [{ dataset: 'own', split: 'all' }] }),
  buildRunSummary({ run_id: 'a', group: 'sweep', numbers: buildSummaryNumbers(0.4, 9) }),
]
const arrange = (view: Parameters<typeof arrangeRuns>[1]) =>
  arrangeRuns(runs, view).map((group) => group.runs.map(({ run_id }) => run_id).join('+'))

describe('arrangeRuns', () => {
  test('keeps the order of the server, and puts a group where its first run is', () => {
    expect(arrange({})).toEqual(['c+a', 'b'])
  })

  test('sorts, with unknown values last', () => {
    expect(arrange({ sort: 'score' })).toEqual(['a+c', 'b'])
    expect(arrange({ sort: 'cost' })).toEqual(['c+a', 'b'])
    expect(arrange({ sort: 'name' })).toEqual(['a+c', 'b'])
  })

  test('filters by the typed text and the chosen values', () => {
    expect(arrange({ search: 'kes' })).toEqual(['c'])
    expect(arrange({ search: 'sweep', model: 'MODEL' })).toEqual(['a'])
    expect(arrange({ dataset: 'own' })).toEqual(['b'])
    expect(arrange({ state: 'running' })).toEqual(['b'])
    expect(arrange({ kind: 'verification' })).toEqual([])
  })
})
