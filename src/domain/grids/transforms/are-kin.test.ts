import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { anyTask, anyTransform } from '../../../../test/support/any-task.ts'
import { applyTransforms } from './apply-transform.ts'
import { areKin } from './are-kin.ts'

/** Pairs that no transform turns into each other: their rows have different lengths. */
const pairs = [1, 2, 3, 4, 5].map((width) => ({ input: [Array<number>(width).fill(1)], output: [[1]] }))
const taskOf = (...indexes: number[]) => ({ train: indexes.flatMap((index) => pairs[index] ?? []), test: [] })

describe('areKin', () => {
  test('recognises a task after any chain of transforms', () => {
    fc.assert(
      fc.property(anyTask, fc.array(anyTransform), (task, transforms) => {
        expect(areKin(task, applyTransforms(task, transforms))).toBe(true)
      }),
    )
  })

  test.each([
    ['half of the pairs of one task', taskOf(0, 1, 2, 3), taskOf(3, 4), true],
    ['fewer', taskOf(0, 1, 2), taskOf(2, 3, 4), false],
    ['a pair that one task has twice', taskOf(0, 0, 1), taskOf(0, 3, 4), false],
    ['none', taskOf(0, 1), taskOf(2, 3), false],
  ])('is false for %s', (_, a, b, expected) => {
    expect(areKin(a, b)).toBe(expected)
    expect(areKin(b, a)).toBe(expected)
  })
})
