import { expect, test } from '@jest/globals'
import type { MatrixView } from '../address/run-views.ts'
import { arrangeRows } from './arrange-rows.ts'

const row = (item: string, marks: string, right = 0) => ({
  item,
  task_id: item,
  version: 0,
  dataset: 'd',
  split: 's',
  resolution: marks.includes('r') ? ('solved' as const) : ('no-right-candidate' as const),
  marks,
  selected: [],
  nearest: right === 0 ? null : { sample: 0, cells: 9, cells_right: right },
  failure: null,
})
const rows = [row('beta', 'wr'), row('alpha', 'we', 5), row('gamma', 'ww', 8)]
const names = (view: MatrixView) => arrangeRows(rows, view).map(({ item }) => item)

test('rows are kept by name, by what became of the task, and by a sample of some mark', () => {
  expect(names({})).toEqual(['beta', 'alpha', 'gamma'])
  expect(names({ search: 'LPH' })).toEqual(['alpha'])
  expect(names({ resolution: 'solved' })).toEqual(['beta'])
  expect(names({ mark: 'error' })).toEqual(['alpha'])
})

test('rows stand by name, by how near they came, or by how few samples were right', () => {
  expect(names({ order: 'name' })).toEqual(['alpha', 'beta', 'gamma'])
  expect(names({ order: 'nearest' })).toEqual(['gamma', 'alpha', 'beta'])
  expect(names({ order: 'fewest-right' })).toEqual(['alpha', 'gamma', 'beta'])
})
