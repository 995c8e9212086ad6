import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { maxSide } from './grid.ts'
import { packGrid, parsePackedGrid } from './pack-grid.ts'

const side = fc.integer({ min: 1, max: maxSide })
const symbol = fc.integer({ min: 0, max: 9 })
const grids = fc
  .tuple(side, side)
  .chain(([height, width]) =>
    fc.array(fc.array(symbol, { minLength: width, maxLength: width }), { minLength: height, maxLength: height }),
  )

describe('packGrid', () => {
  test('is the inverse of parsePackedGrid', () => {
    fc.assert(fc.property(grids, (grid) => expect(parsePackedGrid(packGrid(grid))).toEqual(grid)))
  })

  test('writes one row after the other', () => {
    expect(
      packGrid([
        [0, 1, 2],
        [3, 4, 5],
      ]),
    ).toBe('012/345')
  })

  test.each(['', '/', '01/2', '0a', '0//1', '1'.repeat(31), Array(31).fill('1').join('/')])('refuses %j', (text) => {
    expect(parsePackedGrid(text)).toBeUndefined()
  })
})
