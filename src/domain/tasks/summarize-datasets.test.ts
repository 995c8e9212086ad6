import { describe, expect, test } from '@jest/globals'
import { buildPairs } from '../../../test/support/build-run.ts'
import { findAmbiguousNames, findSameContents, summarizeDatasets } from './summarize-datasets.ts'

const task = (taskId: string, hash: string, split = 'training', version = 0) => {
  return { task: { taskId, version, dataset: 'd', split, ...buildPairs(0) }, hash }
}
const tasks = [task('a', '1'), task('a', '2', 'training', 1), task('b', '3'), task('c', '1', 'evaluation')]

describe('summarizeDatasets', () => {
  test('counts tasks, versions, and tasks that are in other splits too', () => {
    expect(summarizeDatasets(tasks)).toEqual([
      { dataset: 'd', split: 'training', tasks: 2, versions: 1, shared: { 'd/evaluation': 1 } },
      { dataset: 'd', split: 'evaluation', tasks: 1, versions: 0, shared: { 'd/training': 1 } },
    ])
  })
})

test('findSameContents lists equal content under several names', () => {
  expect(findSameContents(tasks)).toEqual([['a', 'c']])
  expect(findSameContents([task('a', '1'), task('a', '1', 'evaluation')])).toEqual([])
})

test('findAmbiguousNames lists names with two contents in one split', () => {
  expect(findAmbiguousNames([...tasks, task('a', '9', 'training', 1)])).toEqual(['a (version 1)'])
  expect(findAmbiguousNames([...tasks, task('a', '9', 'evaluation')])).toEqual([])
})
