import { expect, test } from '@jest/globals'
import { buildMatrixRow } from '../../../test/support/build-matrix-row.ts'
import { arrangeRows } from './arrange-rows.ts'

const miss = (cells_right: number) => ({ sample: 0, cells: 10, cells_right })
const rows = [
  buildMatrixRow('b', { resolution: 'no-right-candidate', marks: 'wz', nearest: miss(4) }),
  buildMatrixRow('c', { resolution: 'solved', marks: 'rr' }),
  buildMatrixRow('a', { resolution: 'no-right-candidate', marks: 'we', nearest: miss(9) }),
  buildMatrixRow('d', {}),
]
type Rest = Parameters<typeof arrangeRows> extends [unknown, ...infer Others] ? Others : never
const arrange = (...[view, pairs]: Rest) =>
  arrangeRows(rows, view, pairs)
    .map(({ item }) => item)
    .join('')

test('rows of a matrix are filtered by the result of the task, of a sample, and by name', () => {
  expect(arrange({})).toBe('bcad')
  expect(arrange({ resolution: 'no-right-candidate' })).toBe('ba')
  expect(arrange({ mark: 'error' })).toBe('a')
  expect(arrange({ search: 'TASK-C' })).toBe('c')
  expect(arrange({ resolution: 'solved', mark: 'wrong' })).toBe('')
})

test('rows of a matrix are sorted, the nearest miss first', () => {
  expect(arrange({ order: 'nearest' })).toBe('abcd')
  expect(arrange({ order: 'fewest-right' })).toBe('badc')
  expect(arrange({ order: 'name' })).toBe('abcd')
})

test('rows of a matrix are filtered by which of two runs solved the task, once that is known', () => {
  const pairs = new Map([
    ['a', 'neither'],
    ['c', 'only-this'],
  ] as const)
  expect(arrange({ solved: 'only-this' }, pairs)).toBe('c')
  expect(arrange({ solved: 'neither', mark: 'error' }, pairs)).toBe('a')
  expect(arrange({ solved: 'both' }, pairs)).toBe('')
  expect(arrange({ solved: 'both' })).toBe('bcad')
})
