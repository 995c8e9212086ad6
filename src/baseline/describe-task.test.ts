import { expect, test } from '@jest/globals'
import type { Grid } from '../domain/grids/grid.ts'
import { describeTask } from './describe-task.ts'

const describePairs = (pairs: readonly (readonly [Grid, Grid])[], testInputs: readonly Grid[] = []) =>
  describeTask({ train: pairs.map(([input, output]) => ({ input, output })), testInputs })

test.each<[string, readonly (readonly [Grid, Grid])[]]>([
  ['one train pair. Each output is as large as its input.', [[[[1, 2]], [[2, 1]]]]],
  [
    '2 train pairs. Every output is 1 × 1.',
    [
      [[[1, 2]], [[2]]],
      [[[3], [4]], [[3]]],
    ],
  ],
  [
    '2 train pairs. Each output is smaller than its input.',
    [
      [[[1, 2]], [[2]]],
      [
        [[3], [4], [5]],
        [[3], [4]],
      ],
    ],
  ],
  [
    '2 train pairs. Each output is larger than its input.',
    [
      [[[1]], [[1, 1]]],
      [[[3]], [[3], [3]]],
    ],
  ],
  [
    '2 train pairs. The sizes change in different ways.',
    [
      [[[1]], [[1, 1]]],
      [[[3, 3]], [[3]]],
    ],
  ],
])('says: %s', (words, pairs) => {
  expect(describePairs(pairs)).toBe(words)
})

test('names the colours that appear only in the test', () => {
  expect(describePairs([[[[1]], [[2]]]], [[[1, 7]], [[8]]])).toContain('Only the test holds colours 7, 8.')
})
