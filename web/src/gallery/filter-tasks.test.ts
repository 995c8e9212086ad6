import { describe, expect, test } from '@jest/globals'
import type { TaskSummary } from '../../../src/api/documents.ts'
import type { Filters } from '../address/route.ts'
import { filterTasks, findMeant, listPlaces } from './filter-tasks.ts'

const task = (key: string, part: Partial<TaskSummary> = {}): TaskSummary => ({
  key,
  task_id: key,
  places: [{ dataset: 'one', split: 'training' }],
  input: '0',
  output: '1',
  train: 3,
  test: 1,
  largest_side: 10,
  versions: 0,
  traces: 0,
  ...part,
})

const tasks = [
  task('00d62c1b', { largest_side: 5 }),
  task('00d62c1b-aaaaaaaa', { task_id: '00d62c1b', places: [{ dataset: 'two', split: 'training' }], traces: 2 }),
  task('017c7c7b', { train: 5, versions: 1 }),
  task('2', {
    places: [
      { dataset: 'one', split: 'evaluation' },
      { dataset: 'two', split: 'training' },
    ],
  }),
]

describe('filterTasks', () => {
  test.each<[string, Filters, string[]]>([
    ['nothing', {}, ['00d62c1b', '00d62c1b-aaaaaaaa', '017c7c7b', '2']],
    ['part of an id, in any case', { search: '00D6' }, ['00d62c1b', '00d62c1b-aaaaaaaa']],
    ['an id surrounded by blanks', { search: ' 017c7c7b ' }, ['017c7c7b']],
    ['dataset', { dataset: 'two' }, ['00d62c1b-aaaaaaaa', '2']],
    ['dataset and split in one place', { dataset: 'one', split: 'training' }, ['00d62c1b', '017c7c7b']],
    ['size', { side: [1, 5] }, ['00d62c1b']],
    ['number of pairs', { pairs: [5, 999] }, ['017c7c7b']],
    ['solved', { solved: 'yes' }, ['2']],
    ['not solved', { solved: 'no' }, ['00d62c1b', '00d62c1b-aaaaaaaa', '017c7c7b']],
    ['solved by a run', { by: { run: 'one', solved: true } }, ['2']],
    ['not solved by a run', { by: { run: 'one', solved: false } }, ['017c7c7b']],
    ['traces', { with: ['traces'] }, ['00d62c1b-aaaaaaaa']],
    ['traces and versions', { with: ['traces', 'versions'] }, []],
  ])('by %s', (_, filters, keys) => {
    const facts = { solved: new Set(['2']), byRun: { solved: ['2'], unsolved: ['017c7c7b'] } }
    expect(filterTasks(tasks, filters, facts).map(({ key }) => key)).toEqual(keys)
  })
})

describe('findMeant', () => {
  test.each([
    ['00d62c1b', '00d62c1b'],
    ['017C', '017c7c7b'],
    ['3', '017c7c7b'],
    ['#2', '00d62c1b-aaaaaaaa'],
    ['2', '2'],
    ['aaaa', '00d62c1b-aaaaaaaa'],
    ['nothing', undefined],
    [' ', undefined],
  ])('reads %j as %s', (text, key) => expect(findMeant(tasks, text)?.key).toBe(key))
})

test('listPlaces counts datasets, and the splits of the chosen one', () => {
  expect(listPlaces(tasks, 'one')).toEqual({
    datasets: [
      ['one', 3],
      ['two', 2],
    ],
    splits: [
      ['training', 2],
      ['evaluation', 1],
    ],
  })
})
