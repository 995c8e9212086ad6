import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { SampleFacts } from '../../../test/support/build-record.ts'
import { buildReport } from '../../../test/support/build-report.ts'
import { buildPairs } from '../../../test/support/build-run.ts'
import { compareRuns, describeTaskDifferences } from './compare-runs.ts'
import { adjustByHolm, mcnemarExact } from './mcnemar.ts'

/** A run that solved these of its tasks; null: not recorded. */
function buildRun(runId: string, solved: readonly (boolean | null)[], options: Parameters<typeof buildReport>[1] = {}) {
  const items = solved.map((isSolved, index): SampleFacts[] =>
    isSolved === null
      ? []
      : [{ passes: true, outputs: [isSolved ? (buildPairs(index).test[0]?.output ?? null) : [[5]]] }],
  )
  return buildReport(items, { runId, ...options })
}

const compareTwo = (a: readonly boolean[], b: readonly boolean[]) => {
  const pair = compareRuns([buildRun('a', a), buildRun('b', b)]).pairs[0]
  if (pair === undefined) throw new RangeError('no pair')
  return pair
}

describe('compareRuns', () => {
  test('pairs runs task by task', () => {
    const pair = compareTwo([true, true, false, false], [false, true, true, false])
    expect(pair).toMatchObject({ a: 'a', b: 'b', tasks: 4, only_a: ['task-0'], only_b: ['task-2'], mcnemar_p: 1 })
    expect(pair.difference.value).toBe(0)
  })

  test('is more certain of a difference when fewer tasks contradict it', () => {
    const solved = Array.from({ length: 60 }, (_, index) => index < 30)
    const better = compareTwo(
      solved.map((one, index) => one || index < 45),
      solved,
    )
    expect(better.difference).toMatchObject({ value: 0.25 })
    expect(better.difference.low).toBeGreaterThan(0.1)
    expect(better.mcnemar_p).toBeCloseTo(2 * 0.5 ** 15, 10)
  })

  test('claims no certainty about two runs with equal results', () => {
    const { difference } = compareTwo([true, false], [true, false])
    expect(difference.value).toBe(0)
    expect(difference.low).toBeLessThan(-0.5)
    expect(difference.high).toBeGreaterThan(0.5)
  })

  const anySolved = fc
    .integer({ min: 1, max: 8 })
    .chain((length) =>
      fc.tuple(
        fc.array(fc.boolean(), { minLength: length, maxLength: length }),
        fc.array(fc.boolean(), { minLength: length, maxLength: length }),
      ),
    )

  test('gives the opposite difference when swapped, always within its interval', () =>
    fc.assert(
      fc.property(anySolved, ([a, b]) => {
        const [there, back] = [compareTwo(a, b), compareTwo(b, a)]
        expect(there.difference.value).toBeCloseTo(-back.difference.value, 12)
        expect(there.mcnemar_p).toBe(back.mcnemar_p)
        expect([there.only_a, there.only_b]).toEqual([back.only_b, back.only_a])
        const { low, value, high } = there.difference
        expect(low).toBeLessThanOrEqual(value)
        expect(value).toBeLessThanOrEqual(high)
        expect(low).toBeLessThan(high)
      }),
      { numRuns: 40 },
    ))

  test('says how two runs differ besides their model', () => {
    const { pairs } = compareRuns([
      buildRun('a', [true]),
      buildRun('b', [true], { specification: { samples: 4, model: { provider: 'local', id: 'other' } } }),
    ])
    expect(pairs[0]?.differs).toEqual(['samples: 2, not 4'])
  })

  test('reports tasks that not all runs have, and pairs the others', () => {
    const runs = [buildRun('a', [true, true]), buildRun('b', [true])]
    expect(describeTaskDifferences(runs)).toEqual(['a has 1 task that is not in every run: task-1'])
    expect(compareRuns(runs).pairs[0]).toMatchObject({ tasks: 1, only_a: [], only_b: [] })
    expect(describeTaskDifferences([runs[0], runs[0]].flatMap((run) => run ?? []))).toEqual([])
  })

  test('scores runs of different tasks on the common ones, and does not compare costs of different tasks', () => {
    const { runs, scores, common_tasks, pareto } = compareRuns([
      buildRun('a', [true, false, true, true]),
      buildRun('b', [true, true]),
    ])
    expect(common_tasks).toBe(2)
    expect(scores).toMatchObject([
      { run: 'a', dataset: 'own', split: 'training', tasks: 2, leaderboard: { value: 0.5 }, strict: { value: 0.5 } },
      { run: 'b', dataset: 'own', split: 'training', tasks: 2, leaderboard: { value: 1 }, strict: { value: 1 } },
    ])
    expect(runs[0]?.scores?.[0]).toMatchObject({ tasks: 4, leaderboard: { value: 0.75 } })
    expect(pareto).toEqual([])
  })

  test('scores runs of the same tasks as their reports do', () => {
    const { runs, scores } = compareRuns([buildRun('a', [true, false, true]), buildRun('b', [true, true, false])])
    expect(scores).toEqual(
      runs.flatMap(({ run_id, scores }) => (scores ?? []).map((each) => ({ run: run_id, ...each }))),
    )
  })

  test('leaves out for all runs what an unfinished run has not recorded, and says how many', () => {
    const runs = [
      buildRun('open', [true, false, null, null], { state: 'running' }),
      buildRun('other', [true, false, true, true], { state: 'complete' }),
    ]
    const comparison = compareRuns(runs)
    expect(comparison).toMatchObject({ common_tasks: 2, basis: 'recorded', unrecorded: [{ run: 'open', tasks: 2 }] })
    expect(comparison.pairs[0]).toMatchObject({ tasks: 2, only_a: [], only_b: [], mcnemar_p: 1 })
    expect(comparison.scores).toMatchObject([
      { run: 'open', tasks: 2, leaderboard: { value: 0.5 } },
      { run: 'other', tasks: 2, leaderboard: { value: 0.5 } },
    ])
    expect(comparison.pareto).toEqual([])
    // Their own reports still count all of their tasks.
    expect(comparison.runs[0]?.scores?.[0]).toMatchObject({ tasks: 4, leaderboard: { value: 0.25 } })

    const all = compareRuns(runs, { allTasks: true })
    expect(all).toMatchObject({ common_tasks: 4, basis: 'all', unrecorded: [{ run: 'open', tasks: 2 }] })
    expect(all.pairs[0]).toMatchObject({ tasks: 4, only_b: ['task-2', 'task-3'] })
  })

  test.each(['paused', 'interrupted', 'cancelled', 'budget-reached', 'failed'] as const)(
    'treats a run that is %s as unfinished, and what it gave up as wrong',
    (state) => {
      const comparison = compareRuns([
        buildRun('a', [true, null, null], { state, failed: ['task-1'] }),
        buildRun('b', [true, true, true], { state: 'complete' }),
      ])
      expect(comparison).toMatchObject({ common_tasks: 2, unrecorded: [{ run: 'a', tasks: 1 }] })
      expect(comparison.pairs[0]).toMatchObject({ only_b: ['task-1'] })
    },
  )

  test('counts what a complete run could not record as wrong', () => {
    const comparison = compareRuns([
      buildRun('a', [true, null], { state: 'complete', failed: ['task-1'] }),
      buildRun('b', [true, true], { state: 'complete' }),
    ])
    expect(comparison).toMatchObject({ common_tasks: 2, basis: 'all', unrecorded: [] })
    expect(comparison.pairs[0]).toMatchObject({ only_b: ['task-1'] })
  })

  test('gives one number one interval, also beside other runs', () => {
    const { runs, scores } = compareRuns([
      buildRun(
        'a',
        Array.from({ length: 100 }, (_, index) => index < 3),
      ),
      buildRun(
        'b',
        Array.from({ length: 100 }, (_, index) => index < 50),
      ),
    ])
    const bracket = { value: 0.03, low: expect.closeTo(0.0071164, 6), high: expect.closeTo(0.0806501, 6) }
    expect(scores[0]).toMatchObject({ leaderboard: bracket, strict: bracket })
    expect(runs[0]?.scores?.[0]).toMatchObject({ leaderboard: bracket, strict: bracket })
  })

  test('names the runs that no run beats in score at equal or lower cost', () => {
    const comparison = compareRuns([
      buildRun('cheap', [true, false, false], { costUsd: 1 }),
      buildRun('good', [true, true, false], { costUsd: 2 }),
      buildRun('dear', [true, true, false], { costUsd: 3 }),
    ])
    expect(comparison.pareto).toEqual([{ dataset: 'own', split: 'training', runs: ['cheap', 'good'] }])
  })

  test('reports how much runs with the same questions differ, whatever their seed', () => {
    const { spreads } = compareRuns([
      buildRun('a', [true, false, false, false], { specification: { sampling: { seed: 1 } } }),
      buildRun('b', [true, true, true, false], { specification: { sampling: { seed: 2 } } }),
      buildRun('other', [true, true, true, true], { specification: { samples: 9 } }),
    ])
    expect(spreads).toMatchObject([{ runs: ['a', 'b'], mean: 0.5, least: 0.25, most: 0.75 }])
    expect(spreads[0]?.standard_deviation).toBeCloseTo(Math.sqrt(0.125), 12)
  })
})

describe("McNemar's exact test", () => {
  test.each([
    [0, 0, 1],
    [1, 0, 1],
    [5, 5, 1],
    // scipy.stats.binomtest(2, 14).pvalue
    [2, 12, 0.012939453125],
    [12, 2, 0.012939453125],
  ])('for %i and %i gives p = %d', (a, b, p) => expect(mcnemarExact(a, b)).toBeCloseTo(p, 12))

  test('is not zero where powers of two underflow', () => {
    expect(mcnemarExact(1_000, 1_000)).toBe(1)
    // scipy.stats.binomtest(700, 1500).pvalue
    expect(mcnemarExact(700, 800)).toBeCloseTo(0.010559255, 8)
  })
})

describe("Holm's adjustment", () => {
  test('multiplies the smallest p-value most, and never decreases', () =>
    expect(adjustByHolm([0.04, 0.01, 0.03])).toEqual([0.06, 0.03, 0.06]))

  test('never exceeds 1, and leaves a single comparison unchanged', () => {
    expect(adjustByHolm([0.9, 0.8])).toEqual([1, 1])
    expect(adjustByHolm([0.2])).toEqual([0.2])
  })
})
