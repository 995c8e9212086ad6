import { describe, expect, test } from '@jest/globals'
import { listDifferingCells, measureDistance } from './distance.ts'

const expected = [
  [1, 2, 3],
  [4, 5, 6],
]

describe('measureDistance', () => {
  test('is 0 for equal grids', () => {
    expect(measureDistance(expected, expected)).toEqual({ kind: 'same-size', cells: 6, differing: 0 })
  })

  test('counts the cells that differ', () => {
    const got = [
      [1, 0, 3],
      [4, 5, 0],
    ]
    expect(measureDistance(got, expected)).toEqual({ kind: 'same-size', cells: 6, differing: 2 })
    expect(listDifferingCells(got, expected)).toEqual([
      [0, 1],
      [1, 2],
    ])
  })

  test.each([
    [[[1, 2, 3]]],
    [[[1], [4]]],
    [
      [
        [1, 4],
        [2, 5],
        [3, 6],
      ],
    ],
  ])('is undefined when sizes differ: %j', (got) => {
    expect(measureDistance(got, expected)).toEqual({ kind: 'size-differs' })
    expect(listDifferingCells(got, expected)).toEqual([])
  })
})
