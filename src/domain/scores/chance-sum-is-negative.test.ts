import { describe, expect, test } from '@jest/globals'
import { countChances } from '../../../test/support/count-chances.ts'
import { chanceSumIsNegative } from './chance-sum-is-negative.ts'

describe('chanceSumIsNegative', () => {
  const cases = [1, 2, 14, 100, 400, 2_000].flatMap((n) =>
    [1, 2, Math.ceil(n / 2), n].flatMap((x) => [0.2, 0.8, 1, 1.3, 3].map((times) => [n, x, (times * x) / n] as const)),
  )

  test('of two terms is the Beta distribution, with the tails of the binomial', () => {
    for (const [n, x, p] of cases.filter(([n, x, p]) => p < 1 && x <= n)) {
      const beta = chanceSumIsNegative([
        { shape: x, factor: 1 - p },
        { shape: n - x + 1, factor: -p },
      ])
      expect(beta).toBeCloseTo(countChances(n, p, x, n), 7)
    }
  })

  test('of three terms agrees with sampling', () => {
    // P(G₁ − G₂ − 2 G₃ < 0), each of shape 1: 1 − 1/2 · 1/3, since exponentials are memoryless.
    const terms = [1, -1, -2].map((factor) => ({ shape: 1, factor }))
    expect(chanceSumIsNegative(terms)).toBeCloseTo(5 / 6, 9)
  })

  test('is 0 or 1 when all factors have one sign', () => {
    expect(chanceSumIsNegative([{ shape: 3, factor: -1 }])).toBe(1)
    expect(chanceSumIsNegative([{ shape: 3, factor: 1 }])).toBe(0)
    expect(chanceSumIsNegative([])).toBe(1)
  })
})
