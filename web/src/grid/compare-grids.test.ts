import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { describeDifference, listDifferences, overlayGrids } from './compare-grids.ts'

const name = (symbol: number) => `symbol ${symbol}`
const kinds = (got: number[][], other: number[][]) => overlayGrids(got, other).map(({ match }) => match)

describe('overlayGrids', () => {
  test('tells equal cells from different ones', () => expect(kinds([[1, 2]], [[1, 3]])).toEqual(['same', 'differs']))

  test('shows where only one of the grids extends', () => {
    expect(kinds([[1, 2]], [[1]])).toEqual(['same', 'extra'])
    expect(kinds([[1]], [[1], [2]])).toEqual(['same', 'missing'])
    // The corner that neither reaches is left out.
    expect(kinds([[1, 2]], [[1], [2]])).toEqual(['same', 'extra', 'missing'])
  })

  test('contains every cell of both grids once', () => {
    const anyGrid = fc
      .tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 }))
      .map(([rows, columns]) => Array.from({ length: rows }, () => Array.from({ length: columns }, () => 0)))
    fc.assert(
      fc.property(anyGrid, anyGrid, (got, other) => {
        const cells = overlayGrids(got, other)
        expect(cells.filter((cell) => cell.got !== undefined)).toHaveLength(got.flat().length)
        expect(cells.filter((cell) => cell.other !== undefined)).toHaveLength(other.flat().length)
      }),
    )
  })
})

test('a difference is described in words', () => {
  expect(describeDifference([[1, 2]], [[1, 3]], 'the expected output')).toBe(
    '1 of 2 cells differs from the expected output.',
  )
  expect(describeDifference([[1]], [[1]], "b's")).toBe("The same as b's.")
  expect(describeDifference([[1]], [[1], [1]], 'the expected output')).toBe('1 × 1; the expected output is 2 × 1.')
})

test('differing cells are listed one by one, up to a limit', () => {
  expect(
    listDifferences(
      [[1, 2]],
      [
        [1, 3],
        [4, 4],
      ],
      name,
    ),
  ).toBe(
    'row 1, column 2: symbol 2 instead of symbol 3; row 2, column 1: missing symbol 4; row 2, column 2: missing symbol 4',
  )
  const row = Array.from({ length: 20 }, () => 1)
  expect(listDifferences([row], [row.map(() => 2)], name)).toMatch(/; and 8 more$/)
})
