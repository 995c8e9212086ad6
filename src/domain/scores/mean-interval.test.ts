import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { countChances } from '../../../test/support/count-chances.ts'
import { meanInterval } from './mean-interval.ts'

const boundShare = (solved: number, tasks: number) =>
  meanInterval([
    { tasks: solved, points: 1, weight: 1 },
    { tasks: tasks - solved, points: 0, weight: 1 },
  ])

describe('meanInterval', () => {
  test.each([
    [1, 14],
    [3, 100],
    [60, 400],
    [132, 400],
    [1, 2_000],
  ])('for %i solved of %i is the wider of mid-P at 2.5 % and the exact bound at 3.5 %', (solved, tasks) => {
    const [low, high] = boundShare(solved, tasks)
    const above = countChances(tasks, low, solved, tasks)
    const below = countChances(tasks, high, 0, solved)
    const midAbove = above - countChances(tasks, low, solved, solved) / 2
    const midBelow = below - countChances(tasks, high, solved, solved) / 2
    expect(Math.max(above / 0.035, midAbove / 0.025)).toBeCloseTo(1, 5)
    expect(Math.max(below / 0.035, midBelow / 0.025)).toBeCloseTo(1, 5)
  })

  test('for none or all solved is the exact bound', () => {
    expect(boundShare(0, 400)).toEqual([0, expect.closeTo(1 - 0.035 ** (1 / 400), 9)])
    expect(boundShare(400, 400)).toEqual([expect.closeTo(0.035 ** (1 / 400), 9), 1])
    expect(boundShare(1, 1)).toEqual([expect.closeTo(0.035, 9), 1])
  })

  test('has the theoretical width for many tasks', () => {
    const [low, high] = meanInterval([0, 1, 2].map((points) => ({ tasks: 1_000, points, weight: 2 })))
    // Half of the width: 1.96 × √(1/6) ÷ √3000.
    expect(high - low).toBeCloseTo(2 * 1.96 * Math.sqrt(1 / 6 / 3_000), 3)
  })

  test('never claims certainty about tasks that are all alike', () => {
    const [low, high] = meanInterval([{ tasks: 400, points: 1, weight: 2 }])
    expect(low).toBeLessThan(0.499)
    expect(high).toBeGreaterThan(0.501)
  })

  test('mirrors when right and wrong are swapped, and stays within 0 and 1', () => {
    const anyKind = fc
      .record({ tasks: fc.integer({ min: 1, max: 60 }), weight: fc.integer({ min: 1, max: 3 }) })
      .chain(({ tasks, weight }) =>
        fc.record({ tasks: fc.constant(tasks), weight: fc.constant(weight), points: fc.nat(weight) }),
      )
    fc.assert(
      fc.property(fc.array(anyKind, { minLength: 1, maxLength: 6 }), (kinds) => {
        const [low, high] = meanInterval(kinds)
        const mirrored = meanInterval(kinds.map((kind) => ({ ...kind, points: kind.weight - kind.points })))
        expect(mirrored[0]).toBeCloseTo(1 - high, 9)
        expect(mirrored[1]).toBeCloseTo(1 - low, 9)
        expect(low).toBeGreaterThanOrEqual(0)
        expect(high).toBeLessThanOrEqual(1)
        expect(low).toBeLessThan(high)
      }),
      { numRuns: 60 },
    )
  })

  test('never misses on one side more often than 3.5 %, nor on both more often than 6 %, when tasks are right or wrong', () => {
    for (const tasks of [14, 40, 120]) {
      const bounds = Array.from({ length: tasks + 1 }, (_, solved) => boundShare(solved, tasks))
      for (const p of [0.01, 0.02, 0.03, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 0.9]) {
        const count = (misses: (low: number, high: number) => boolean) =>
          bounds.reduce(
            (sum, [low, high], solved) => sum + (misses(low, high) ? countChances(tasks, p, solved, solved) : 0),
            0,
          )
        const [below, above] = [count((low) => p < low), count((_, high) => p > high)]
        expect(below).toBeLessThanOrEqual(0.035)
        expect(above).toBeLessThanOrEqual(0.035)
        expect(below + above).toBeLessThanOrEqual(0.06)
      }
    }
  })
})
