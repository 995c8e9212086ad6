import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { choosePart, type Claim } from './share-rules.ts'

describe('a worker holds', () => {
  const greedy = { held: 0, wanted: 90 }

  test.each([
    ['all of a limit that nobody else uses', 40, [{ held: 0, wanted: 1 }], 40],
    ['nothing of what others hold', 40, [greedy, { held: 40, wanted: 40 }], 0],
    ['its equal part once the others have given theirs up', 40, [greedy, { held: 20, wanted: 90 }], 20],
    ['no more than its part as soon as another wants one', 40, [{ held: 40, wanted: 90 }, greedy], 20],
    [
      'what others do not want',
      40,
      [
        { held: 20, wanted: 90 },
        { held: 5, wanted: 5 },
      ],
      35,
    ],
    [
      'what it wants, and half of what nobody does',
      40,
      [
        { held: 0, wanted: 10 },
        { held: 10, wanted: 10 },
      ],
      20,
    ],
    ['the odd one, if it comes first', 5, [greedy, greedy], 3],
    ['the only one, if it comes first of those that want it', 1, [greedy, { held: 0, wanted: 0 }], 1],
  ] satisfies [string, number, Claim[], number][])('%s', (_, limit, claims, held) => {
    expect(choosePart(limit, claims, 0)).toBe(held)
  })

  test('not the odd one, if it comes second', () => {
    expect(choosePart(5, [greedy, greedy], 1)).toBe(2)
  })

  test('a part such that all of them never exceed the limit, and soon use all of it', () => {
    const property = fc.property(
      fc.integer({ min: 1, max: 60 }),
      fc.array(fc.nat(50), { minLength: 1, maxLength: 6 }),
      fc.array(fc.nat(5), { maxLength: 40 }),
      (limit, wanted, order) => {
        const workers = wanted.map((want) => ({ held: 0, wanted: want, used: 0 }))
        const step = (index: number) => {
          const worker = workers[index % workers.length]
          if (worker === undefined) return
          const part = choosePart(limit, workers, workers.indexOf(worker))
          worker.used = Math.min(Math.max(part, worker.used), worker.wanted)
          worker.held = Math.max(part, worker.used)
          expect(workers.reduce((sum, { held }) => sum + held, 0)).toBeLessThanOrEqual(limit)
        }
        for (const index of order) step(index)
        for (const worker of workers) worker.used = 0
        for (let round = 0; round < 3; round += 1) {
          workers.forEach((_, index) => step(index))
          for (const worker of workers) worker.used = 0
        }
        const demand = wanted.reduce((sum, want) => sum + want, 0)
        const useful = workers.reduce((sum, { held, wanted: want }) => sum + Math.min(held, want), 0)
        expect(useful).toBe(Math.min(limit, demand))
      },
    )
    fc.assert(property)
  })
})
