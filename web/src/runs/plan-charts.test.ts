import { describe, expect, test } from '@jest/globals'
import { buildRunSummary, buildSummaryNumbers } from '../../../test/support/build-run-summary.ts'
import { planScale } from '../parts/plan-plot.ts'
import { planCharts } from './plan-charts.ts'

const other = { dataset: 'own', split: 'all' }

describe('the chart of scores and costs', () => {
  test('never shows runs of different datasets together', () => {
    const charts = planCharts([
      buildRunSummary({ run_id: 'own', places: [other] }),
      buildRunSummary({ run_id: 'a' }),
      buildRunSummary({ run_id: 'b' }),
      buildRunSummary({ run_id: 'both', places: [{ dataset: 'tasks', split: 'training' }, other] }),
    ])
    expect(charts.map(({ place, points }) => [place, points.map(({ run }) => run)])).toEqual([
      ['tasks · training', ['a', 'b']],
      ['own', ['own']],
    ])
  })

  test('marks runs that another one equals for less', () => {
    const [chart] = planCharts([
      buildRunSummary({ run_id: 'good', numbers: buildSummaryNumbers(0.5, 2) }),
      buildRunSummary({ run_id: 'dear', numbers: buildSummaryNumbers(0.5, 4) }),
      buildRunSummary({ run_id: 'cheap', numbers: buildSummaryNumbers(0.1, 1) }),
    ])
    expect(chart?.points.map(({ run, isDominated }) => [run, isDominated])).toEqual([
      ['good', false],
      ['dear', true],
      ['cheap', false],
    ])
  })

  test('is over tokens when nothing is known to have cost anything', () => {
    const free = (runId: string, tokens: number | null) => {
      const numbers = buildSummaryNumbers(0.5, 0)
      return buildRunSummary({ run_id: runId, numbers: numbers && { ...numbers, tokens } })
    }
    const [chart] = planCharts([free('a', 2_000), free('b', 4_000), free('unknown', null)])
    expect(chart?.measure).toBe('tokens')
    expect(chart?.points.map(({ run, x, isDominated }) => [run, x, isDominated])).toEqual([
      ['a', 100, false],
      ['b', 200, true],
    ])
    const [mixed] = planCharts([free('a', 2_000), buildRunSummary({ run_id: 'paid' })])
    expect(mixed?.measure).toBe('cost')
  })

  test('leaves out runs without a score', () => {
    expect(planCharts([buildRunSummary({ run_id: 'counting', numbers: null })])).toEqual([])
  })

  test('has a linear axis from 0, or a logarithmic one when costs differ widely', () => {
    expect(planScale([0, 0.3])).toMatchObject({ isLogarithmic: false, ticks: [0, 0.1, 0.2, expect.closeTo(0.3)] })
    expect(planScale([0, 0]).place(0)).toBe(0)
    const wide = planScale([0.001, 1])
    expect(wide.ticks).toEqual([0.001, 0.01, 0.1, 1])
    expect(wide.place(0.01)).toBeCloseTo(1 / 3)
  })
})
