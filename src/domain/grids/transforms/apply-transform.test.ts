import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { anyTask, anyTransform } from '../../../../test/support/any-task.ts'
import { inverseOf } from '../../../../test/support/inverse-of.ts'
import { applyTransform, applyTransforms } from './apply-transform.ts'

const task = {
  train: [
    { input: [[0, 2]], output: [[5]] },
    { input: [[7, 2]], output: [[2]] },
  ],
  test: [{ input: [[5, 5]], output: [[0]] }],
}

describe('applyTransform', () => {
  test('changes all symbols at once', () => {
    const symbols = [0, 1, 5, 3, 4, 7, 6, 2, 8, 9]
    expect(applyTransform(task, { kind: 'permute', symbols })).toEqual({
      train: [
        { input: [[0, 5]], output: [[7]] },
        { input: [[2, 5]], output: [[5]] },
      ],
      test: [{ input: [[7, 7]], output: [[0]] }],
    })
  })

  test('turns every grid of every pair', () => {
    const turned = applyTransform(task, { kind: 'symmetry', symmetry: 'rotate-270' })
    expect(turned.train[0]).toEqual({ input: [[2], [0]], output: [[5]] })
    expect(turned.test[0]).toEqual({ input: [[5], [5]], output: [[0]] })
  })

  test('swaps a train pair with a test pair', () => {
    const { train, test } = applyTransform(task, { kind: 'swap', train: 1, test: 0 })
    expect(train).toEqual([task.train[0], task.test[0]])
    expect(test).toEqual([task.train[1]])
  })

  test.each([
    [2, 0],
    [0, 1],
  ])('refuses to swap train pair %i with test pair %i of a task with two and one', (train, test) => {
    expect(() => applyTransform(task, { kind: 'swap', train, test })).toThrow(/has 2 train and 1 test pairs/)
  })

  test('turns the known outputs of a task with withheld ones, and lets none of them into the train pairs', () => {
    const posed = { train: task.train, test: [{ input: [[1, 2]], output: null }] }
    const turned = applyTransform(posed, { kind: 'symmetry', symmetry: 'transpose' })
    expect(turned.test).toEqual([{ input: [[1], [2]], output: null }])
    expect(() => applyTransform(posed, { kind: 'swap', train: 0, test: 0 })).toThrow(/its output is not known/)
  })

  test('keeps the other fields of the task and its pairs', () => {
    const named = { ...task, taskId: 'a', test: [{ input: [[1]], output: [[2]], note: 'kept' }] }
    expect(applyTransform(named, { kind: 'symmetry', symmetry: 'transpose' })).toMatchObject({
      taskId: 'a',
      test: [{ note: 'kept' }],
    })
  })

  test('any transform is undone by its inverse', () => {
    fc.assert(
      fc.property(anyTask, anyTransform, (task, transform) => {
        expect(applyTransforms(task, [transform, inverseOf(transform)])).toEqual(task)
      }),
    )
  })

  test('of one kind can be removed from a chain from under those of other kinds', () => {
    fc.assert(
      fc.property(anyTask, anyTransform, anyTransform, (task, a, b) => {
        fc.pre(a.kind !== b.kind)
        expect(applyTransforms(task, [a, b])).toEqual(applyTransforms(task, [b, a]))
      }),
    )
  })
})
