import { describe, expect, test } from '@jest/globals'
import type { TaskSummary } from '../../../src/api/documents.ts'
import type { TaskSort } from '../address/route.ts'
import { sortTasks } from './sort-tasks.ts'

const summarize = (key: string, side: number, train: number): TaskSummary => ({
  key,
  task_id: key,
  places: [],
  input: '1',
  output: '1',
  train,
  test: 1,
  largest_side: side,
  versions: 0,
  traces: 0,
})
const tasks = [summarize('a', 9, 3), summarize('b', 3, 4), summarize('c', 30, 3)]
const rates = { runs: { a: [2, 3], b: [0, 3] }, people: { c: [1, 1] } } as const

describe('sortTasks', () => {
  test.each<[TaskSort | undefined, string]>([
    [undefined, 'abc'],
    ['size', 'bac'],
    ['-size', 'cab'],
    ['pairs', 'acb'],
    ['-pairs', 'bac'],
    ['runs', 'bac'],
    ['-runs', 'abc'],
    ['people', 'cab'],
    ['-people', 'cab'],
  ])('by %s gives %s, unknown ones last', (sort, expected) => {
    expect(
      sortTasks(tasks, sort, rates)
        .map(({ key }) => key)
        .join(''),
    ).toBe(expected)
  })
})
