import { describe, expect, test } from '@jest/globals'
import type { PairedRuns } from './compare-pair.ts'
import { judgePair } from './judge-pair.ts'

const buildPair = (low: number, high: number, onlyA: number, onlyB: number): PairedRuns => ({
  a: 'a',
  b: 'b',
  dataset: 'own',
  split: 'training',
  tasks: 100,
  difference: { value: (low + high) / 2, low, high },
  only_a: Array.from({ length: onlyA }, (_, index) => `task-${index}`),
  only_b: Array.from({ length: onlyB }, (_, index) => `task-${50 + index}`),
  mcnemar_p: 1,
})

describe('judgePair', () => {
  test('names the better run where exact test and interval agree', () => {
    expect(judgePair(buildPair(0.05, 0.2, 15, 2), 0.002)).toEqual({
      better: 'a',
      verdict: 'a is better than b: exact test and interval agree (p = 0.002).',
    })
    expect(judgePair(buildPair(-0.2, -0.05, 2, 15), 0.0002)).toEqual({
      better: 'b',
      verdict: 'b is better than a: exact test and interval agree (p = 2.0e-4).',
    })
  })

  test('shows no difference where neither does, and how large it may be all the same', () => {
    expect(judgePair(buildPair(-0.031, 0.05, 4, 3), 1)).toEqual({
      better: null,
      verdict: 'No difference is shown: the true one may be anything from −3.1 to +5.0 points.',
    })
  })

  test('lets the exact test decide where only the interval leaves 0 out', () => {
    const { better, verdict } = judgePair(buildPair(0.002, 0.1, 5, 0), 0.0625)
    expect(better).toBeNull()
    expect(verdict).toMatch(/^Not decided: the interval leaves 0 out, but the exact test decides, .* 6\.3 % of cases/)
  })

  test('lets the exact test decide where only it tells them apart', () => {
    expect(judgePair(buildPair(-0.001, 0.1, 9, 1), 0.021)).toEqual({
      better: 'a',
      verdict:
        'a solves more tasks than b by the exact test, which decides; how far their leaderboard scores are apart is not settled, and may be −0.1 to +10.0 points.',
    })
  })

  test('does not speak of agreement where the interval lies on the other side', () =>
    expect(judgePair(buildPair(-0.1, -0.01, 9, 1), 0.021).verdict).toContain('not settled'))
})
