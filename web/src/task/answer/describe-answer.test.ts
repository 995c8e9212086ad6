import { expect, test } from '@jest/globals'
import { describeDistance, describeProgress, describeVerdict } from './describe-answer.ts'

test.each([
  [true, 1, 1, '✓ Right, at try 1 of 2.'],
  [true, 3, 3, '✓ Right, at try 3; the official rule gives 2.'],
  [false, 1, null, '✗ Not right. One try is left.'],
  [false, 2, null, '✗ Not right. Both tries are used; you can continue for practice.'],
  [false, 4, null, '✗ Not right, at try 4.'],
  [false, 1, 1, '✗ Not right; you solved it before, at try 1.'],
])('a verdict (%s, try %i, solved in %s) reads %s', (correct, tries, solved_in, words) => {
  expect(describeVerdict({ correct, tries, solved_in })).toBe(words)
})

test.each([
  [undefined, ''],
  [{ tries: 0, solved_in: null }, ''],
  [{ tries: 1, solved_in: null }, '1 of 2 tries used.'],
  [{ tries: 5, solved_in: null }, 'Both tries are used; you can continue for practice.'],
  [{ tries: 2, solved_in: 2 }, 'You solved this at try 2.'],
])('stored progress of %j reads %j', (progress, words) => expect(describeProgress(progress)).toBe(words))

test.each([
  [{ kind: 'size-differs' }, 'Its size is 2 × 3; a different size is expected.'],
  [{ kind: 'same-size', cells: 9, differing: 0 }, 'No cell differs.'],
  [{ kind: 'same-size', cells: 9, differing: 1 }, '1 cell differs (11 %).'],
  [{ kind: 'same-size', cells: 900, differing: 2 }, '2 of 900 cells differ (1 %).'],
] as const)('a distance of %j reads %j', (distance, words) => {
  const grid = [
    [0, 0, 0],
    [0, 0, 0],
  ]
  expect(describeDistance({ distance }, grid)).toBe(words)
})
