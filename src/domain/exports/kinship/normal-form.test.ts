import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { anyGrid } from '../../../../test/support/any-task.ts'
import { readCanonically } from '../../grids/transforms/read-canonically.ts'
import { applySymmetry, symmetries } from '../../grids/transforms/symmetry.ts'
import { normalForm } from './normal-form.ts'

const pad = (grid: readonly (readonly number[])[], symbol: number) => {
  const edge = Array<number>((grid[0]?.length ?? 0) + 2).fill(symbol)
  return [edge, ...grid.map((row) => [symbol, ...row, symbol]), edge]
}
const scale = (grid: readonly (readonly number[])[], factor: number) =>
  grid.flatMap((row) => Array.from({ length: factor }, () => row.flatMap((cell) => Array<number>(factor).fill(cell))))

test('is the same for a padded grid', () => {
  fc.assert(
    fc.property(anyGrid, fc.nat(9), (grid, symbol) => {
      expect(normalForm(pad(grid, symbol))).toEqual(normalForm(grid))
    }),
  )
})

test('is the same for a grid that was turned, turned likewise', () => {
  fc.assert(
    fc.property(anyGrid, fc.constantFrom(...symmetries), (grid, symmetry) => {
      const [turnedFirst, turnedLast] = [normalForm(applySymmetry(grid, symmetry)), normalForm(grid)]
      expect(readCanonically([turnedFirst])).toBe(readCanonically([turnedLast]))
    }),
  )
})

test.each([
  [
    'a grid that was scaled',
    scale(
      [
        [1, 2],
        [3, 4],
      ],
      3,
    ),
    [
      [1, 2],
      [3, 4],
    ],
  ],
  [
    'a grid that was scaled in one direction',
    [
      [1, 1, 2, 2],
      [3, 3, 4, 4],
    ],
    [
      [1, 2],
      [3, 4],
    ],
  ],
  [
    'a grid with a frame of another symbol on each side',
    [
      [0, 0, 0, 0],
      [5, 1, 2, 7],
      [5, 3, 4, 7],
      [6, 6, 6, 6],
    ],
    [
      [1, 2],
      [3, 4],
    ],
  ],
  [
    'a grid of one symbol',
    [
      [3, 3, 3],
      [3, 3, 3],
    ],
    [[3]],
  ],
  ['a single row', [[1, 2, 1]], [[1, 2, 1]]],
  ['a single cell', [[7]], [[7]]],
])('of %s', (_, grid, normal) => {
  expect(normalForm(grid)).toEqual(normal)
})
