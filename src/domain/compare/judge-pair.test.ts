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
  test('names the better run when the exact test and the interval agree', () => {
    expect(judgePair(buildPair(0.05, 0.2, 15, 2), 0.002)).toEqual({
      better: 'a',
      verdict: 'a is better than b: exact test and interval agree (p = 0.002).',
    })
    expect(judgePair(buildPair(-0.2, -0.05, 2, 15), 0.0002)).toEqual({
      better: 'b',
      verdict: 'b is better than a: exact test and interval agree (p = 2.0e-4).',
    })
  })

  test('reports no difference when neither finds one, and how large it may still be', () => {
    expect(judgePair(buildPair(-0.031, 0.05, 4, 3), 1)).toEqual({
      better: null,
      verdict: 'No difference is shown: the true one may be anything from −3.1 to +5.0 points.',
    })
  })

  test('goes by the exact test when only the interval excludes 0', () => {
    const { better, verdict } = judgePair(buildPair(0.002, 0.1, 5, 0), 0.0625)
    expect(better).toBeNull()
    expect(verdict).toMatch(/^Not decided: the interval excludes 0, but the exact test decides, .* 6\.3 % of cases/)
  })

  test('goes by the exact test when only the test finds a difference', () => {
    expect(judgePair(buildPair(-0.001, 0.1, 9, 1), 0.021)).toEqual({
      better: 'a',
      verdict:
        'a solves more tasks than b by the exact test, which decides; how far apart their leaderboard scores are is not settled: the difference may be −0.1 to +10.0 points.',
    })
  })

  test('does not claim agreement when the interval lies on the other side', () =>
    expect(judgePair(buildPair(-0.1, -0.01, 9, 1), 0.021).verdict).toContain('not settled'))
})
