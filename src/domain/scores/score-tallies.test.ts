import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { buildRecord, type SampleFacts } from '../../../test/support/build-record.ts'
import type { Grid } from '../grids/grid.ts'
import type { TaskPairs } from '../tasks/task.ts'
import { passAtK } from './pass-at-k.ts'
import { scoreTallies, type SplitScores } from './score-tallies.ts'
import { resolveItem, tallyItem, type ItemTally } from './tally-item.ts'

const tally = (change: Partial<ItemTally> = {}): ItemTally => ({
  dataset: 'arc',
  split: 'training',
  recorded: true,
  outputs: 1,
  matched: 0,
  outputsInCandidates: 0,
  right: 0,
  ...change,
})

function scoreOne(tallies: readonly ItemTally[], samples = 4): SplitScores {
  const scores = scoreTallies(tallies, samples)
  expect(scores).toHaveLength(1)
  return scores[0] as SplitScores
}

const listScores = ({ leaderboard, strict, per_output, pass_at }: SplitScores) => [
  leaderboard,
  strict,
  per_output,
  ...pass_at,
]

const samples = 4
const anyTally: fc.Arbitrary<ItemTally> = fc
  .record({ outputs: fc.integer({ min: 1, max: 4 }), recorded: fc.boolean() })
  .chain(({ outputs, recorded }) =>
    fc
      .record({ matched: fc.nat(outputs), right: fc.nat(samples) })
      .map(({ matched, right }) =>
        tally({ outputs, recorded, ...(recorded && { matched, right, outputsInCandidates: matched }) }),
      ),
  )
const anyTallies = fc.array(anyTally, { minLength: 1, maxLength: 12 })

describe('scoreTallies', () => {
  test('gives three different numbers for a task with one output, right, and a task with three, two of them right', () => {
    const scores = scoreOne([tally({ matched: 1 }), tally({ outputs: 3, matched: 2 })])
    expect(scores.strict.value).toBe(0.5)
    expect(scores.per_output.value).toBe(0.75)
    expect(scores.leaderboard.value).toBeCloseTo(5 / 6, 12)
  })

  test('counts unrecorded tasks as wrong', () => {
    const scores = scoreOne([tally({ matched: 1, right: 4 }), tally({ recorded: false, outputs: 3 })])
    expect(scores.tasks).toBe(2)
    expect([scores.leaderboard.value, scores.per_output.value, scores.pass_at[3]?.value]).toEqual([0.5, 0.25, 0.5])
  })

  test('never gives one number over several splits or datasets', () => {
    const scores = scoreTallies(
      [tally({ split: 'training', matched: 1 }), tally({ split: 'evaluation' }), tally({ dataset: 'own' })],
      1,
    )
    expect(scores.map(({ dataset, split, tasks }) => [dataset, split, tasks])).toEqual([
      ['arc', 'evaluation', 1],
      ['arc', 'training', 1],
      ['own', 'training', 1],
    ])
  })

  test('makes pass@N of one run equal to the plain count', () =>
    expect(scoreOne([tally({ right: 1 }), tally({ right: 4 }), tally()]).pass_at[3]?.value).toBeCloseTo(2 / 3, 12))

  test('gives an interval of some width, however alike all tasks are', () => {
    for (const alike of [tally(), tally({ matched: 1, right: 4 }), tally({ outputs: 2, matched: 1, right: 2 })]) {
      for (const count of [1, 2, 400]) {
        const scores = scoreOne(Array.from({ length: count }, () => alike))
        for (const { low, high } of listScores(scores)) expect(high - low).toBeGreaterThan(1e-4)
      }
    }
  })

  test('gives one number one interval, whatever its name', () => {
    const tallies = Array.from({ length: 100 }, (_, index) =>
      tally(index < 3 ? { matched: 1, outputsInCandidates: 1, right: samples } : {}),
    )
    const { leaderboard, strict, per_output, pass_at } = scoreOne(tallies)
    expect(strict).toEqual({ value: 0.03, low: expect.closeTo(0.0071164, 6), high: expect.closeTo(0.0806501, 6) })
    for (const score of [leaderboard, per_output, ...pass_at]) expect(score).toEqual(strict)
  })

  test('stays within 0 and 1, and each interval contains its value', () =>
    fc.assert(
      fc.property(anyTallies, (tallies) => {
        for (const { low, value, high } of listScores(scoreOne(tallies))) {
          expect(low).toBeGreaterThanOrEqual(0)
          expect(low).toBeLessThanOrEqual(value)
          expect(value).toBeLessThanOrEqual(high)
          expect(high).toBeLessThanOrEqual(1)
          expect(low).toBeLessThan(high)
        }
      }),
      { numRuns: 40 },
    ))

  test('never has a leaderboard score below the strict one, and pass@k grows with k', () =>
    fc.assert(
      fc.property(anyTallies, (tallies) => {
        const { leaderboard, strict, pass_at } = scoreOne(tallies)
        expect(leaderboard.value).toBeGreaterThanOrEqual(strict.value - 1e-12)
        const values = pass_at.map(({ value }) => value)
        expect(values).toEqual(values.toSorted((a, b) => a - b))
      }),
      { numRuns: 40 },
    ))

  test('gives the same scores and intervals in whatever order the tasks come', () =>
    fc.assert(
      fc.property(
        anyTallies.chain((tallies) =>
          fc.tuple(fc.constant(tallies), fc.shuffledSubarray(tallies, { minLength: tallies.length })),
        ),
        ([tallies, shuffled]) => expect(scoreTallies(shuffled, samples)).toEqual(scoreTallies(tallies, samples)),
      ),
      { numRuns: 40 },
    ))
})

describe('passAtK', () => {
  test('is the share of all choices of k samples that include a right one', () => {
    // 1 − C(3, 2) / C(5, 2)
    expect(passAtK(5, 2, 2)).toBeCloseTo(1 - 3 / 10, 12)
    expect(passAtK(5, 2, 1)).toBeCloseTo(2 / 5, 12)
    expect(passAtK(5, 0, 5)).toBe(0)
    expect(passAtK(5, 1, 5)).toBe(1)
  })

  test('keeps its precision when binomials overflow', () => expect(passAtK(10_000, 1, 5_000)).toBeCloseTo(0.5, 10))
})

describe('tallyItem', () => {
  const grid = (symbol: number): Grid => [[symbol]]
  const item = { key: 'k', task_id: 't', version: 0, hash: 'h', dataset: 'd', split: 's' }
  const task: TaskPairs = {
    train: [{ input: grid(0), output: grid(0) }],
    test: [
      { input: grid(1), output: grid(1) },
      { input: grid(2), output: grid(2) },
    ],
  }
  const resolve = (...facts: SampleFacts[]) => resolveItem(tallyItem(item, task, buildRecord(item, task, facts)))

  test('blames generation when no sample gave a test output', () =>
    expect(resolve({ passes: true, outputs: [grid(1), grid(5)] })).toBe('no-right-candidate'))

  test('blames selection when every right grid was given and not chosen', () =>
    expect(
      resolve(
        { passes: true, outputs: [grid(3), grid(3)] },
        { passes: true, outputs: [grid(4), grid(4)] },
        { passes: false, outputs: [grid(1), null] },
        { passes: false, outputs: [null, grid(2)] },
      ),
    ).toBe('right-not-chosen'))

  test('counts a task as solved when different samples are right on different test inputs', () => {
    const facts = [
      { passes: true, outputs: [grid(1), grid(5)] },
      { passes: true, outputs: [grid(5), grid(2)] },
    ]
    const tally = tallyItem(item, task, buildRecord(item, task, facts))
    expect(resolveItem(tally)).toBe('solved')
    expect(tally).toMatchObject({ matched: 2, right: 0 })
  })

  test('is the same for any order of samples', () => {
    const anyGrid = fc.nat(3).map(grid)
    const anyFacts = fc.record({ passes: fc.boolean(), cells: fc.nat(8), outputs: fc.tuple(anyGrid, anyGrid) })
    fc.assert(
      fc.property(
        fc
          .array(anyFacts, { minLength: 1, maxLength: 5 })
          .chain((facts) => fc.tuple(fc.constant(facts), fc.shuffledSubarray(facts, { minLength: facts.length }))),
        ([facts, shuffled]) =>
          expect(tallyItem(item, task, buildRecord(item, task, shuffled))).toEqual(
            tallyItem(item, task, buildRecord(item, task, facts)),
          ),
      ),
    )
  })

  test('counts unrecorded items as wrong', () =>
    expect(tallyItem(item, task, undefined)).toMatchObject({ recorded: false, outputs: 2, matched: 0, right: 0 }))
})
