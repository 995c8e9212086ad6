import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { differenceInterval } from './difference-interval.ts'

const boundPairs = (onlyFirst: number, onlySecond: number, tasks: number) =>
  differenceInterval([
    { tasks: onlyFirst, difference: 1 },
    { tasks: onlySecond, difference: -1 },
    { tasks: tasks - onlyFirst - onlySecond, difference: 0 },
  ])

describe('differenceInterval', () => {
  test.each([
    // Tango's score interval (1998), which is accurate here, is close to it: 1.4 to 15.8, -2.6 to 3.7, and 5.9 to 17.6 points.
    [10, 2, 100, 0.0156, 0.1566],
    [20, 18, 400, -0.0255, 0.0355],
    [30, 7, 200, 0.0594, 0.1753],
  ])('for %i tasks only in a, %i only in b, of %i', (onlyFirst, onlySecond, tasks, low, high) => {
    const bounds = boundPairs(onlyFirst, onlySecond, tasks)
    expect(bounds[0]).toBeCloseTo(low, 3)
    expect(bounds[1]).toBeCloseTo(high, 3)
  })

  test('claims no certainty about runs with equal results', () => {
    const [low, high] = boundPairs(0, 0, 100)
    expect(low).toBeCloseTo(-(1 - 0.03 ** (1 / 100)), 6)
    expect(high).toBeCloseTo(-low, 12)
    expect(boundPairs(0, 0, 1)[1]).toBeGreaterThan(0.9)
  })

  test('mirrors when the runs are swapped, and contains the difference', () => {
    const anyKind = fc.record({
      tasks: fc.integer({ min: 1, max: 50 }),
      difference: fc.constantFrom(-1, -1 / 2, -1 / 3, 0, 1 / 3, 2 / 3, 1),
    })
    fc.assert(
      fc.property(fc.array(anyKind, { minLength: 1, maxLength: 6 }), (kinds) => {
        const [low, high] = differenceInterval(kinds)
        const turned = differenceInterval(kinds.map((kind) => ({ ...kind, difference: -kind.difference })))
        expect(turned[0]).toBeCloseTo(-high, 9)
        expect(turned[1]).toBeCloseTo(-low, 9)
        const tasks = kinds.reduce((sum, kind) => sum + kind.tasks, 0)
        const value = kinds.reduce((sum, kind) => sum + kind.tasks * kind.difference, 0) / tasks
        expect(low).toBeLessThanOrEqual(value)
        expect(high).toBeGreaterThanOrEqual(value)
        expect(low).toBeLessThan(high)
      }),
      { numRuns: 60 },
    )
  })
})
