import { describe, expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import { parseRows, renderRows } from './grid-rows.ts'

describe('rows', () => {
  test('become the grid they were made from', () => {
    const side = fc.integer({ min: 1, max: 30 })
    const grids = fc.tuple(side, side).chain(([height, width]) => {
      const row = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: width, maxLength: width })
      return fc.array(row, { minLength: height, maxLength: height })
    })
    fc.assert(fc.property(grids, (grid) => expect(parseRows(renderRows(grid))).toEqual(grid)))
  })

  test.each([
    ['nothing', undefined],
    ['no rows', []],
    ['too many rows', Array(31).fill('1')],
    ['an empty row', ['']],
    ['too long a row', ['1'.repeat(31)]],
    ['rows of different lengths', ['12', '3']],
    ['rows that are numbers', [[1, 2]]],
    ['a number instead of a row', [12]],
    ['one text', '12'],
    ['a sign', ['-1']],
    ['a line break', ['1\n']],
    ['a digit of another script', ['٣']],
    ['an object with a length', { length: 1, 0: '1' }],
  ])('are not a grid when they are %s', (_, value) => {
    expect(parseRows(value)).toBeUndefined()
  })
})
