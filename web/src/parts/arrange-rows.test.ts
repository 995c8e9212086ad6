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
const arrange = (view: Parameters<typeof arrangeRows>[1]) =>
  arrangeRows(rows, view)
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
