import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { anyGrid } from '../../../../test/support/any-task.ts'
import { inverseSymmetry } from '../../../../test/support/inverse-of.ts'
import { applySymmetry, composeSymmetries, symmetries, type Symmetry } from './symmetry.ts'

const anySymmetry = fc.constantFrom(...symmetries)

describe('applySymmetry', () => {
  const grid = [
    [1, 2, 3],
    [4, 5, 6],
  ]
  const expected: Record<Symmetry, string> = {
    identity: '123/456',
    'rotate-90': '41/52/63',
    'rotate-180': '654/321',
    'rotate-270': '36/25/14',
    'mirror-left-right': '321/654',
    'mirror-top-bottom': '456/123',
    transpose: '14/25/36',
    'anti-transpose': '63/52/41',
  }
  test.each(symmetries)('%s', (symmetry) => {
    const rows = applySymmetry(grid, symmetry).map((row) => row.join(''))
    expect(rows.join('/')).toBe(expected[symmetry])
  })
})

describe('composeSymmetries', () => {
  test('does in one step what two do one after the other', () => {
    fc.assert(
      fc.property(anyGrid, anySymmetry, anySymmetry, (grid, first, second) => {
        expect(applySymmetry(grid, composeSymmetries(first, second))).toEqual(
          applySymmetry(applySymmetry(grid, first), second),
        )
      }),
    )
  })

  test('is associative', () => {
    for (const a of symmetries)
      for (const b of symmetries)
        for (const c of symmetries)
          expect(composeSymmetries(composeSymmetries(a, b), c)).toBe(composeSymmetries(a, composeSymmetries(b, c)))
  })

  test('depends on the order', () => {
    expect(composeSymmetries('rotate-90', 'transpose')).toBe('mirror-top-bottom')
    expect(composeSymmetries('transpose', 'rotate-90')).toBe('mirror-left-right')
  })
})

test.each(symmetries)('the inverse of %s undoes it on either side', (symmetry) => {
  expect(composeSymmetries(symmetry, inverseSymmetry(symmetry))).toBe('identity')
  expect(composeSymmetries(inverseSymmetry(symmetry), symmetry)).toBe('identity')
})
