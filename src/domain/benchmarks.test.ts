import { expect, test } from '@jest/globals'
import { originOf } from './benchmarks.ts'

const itemOf = (dataset: string) => ({ key: 'k', task_id: 't', version: 0, hash: 'h', dataset, split: 'training' })

test.each([
  ['arc-agi-1', 'arc-agi-1'],
  // As the repositories are called.
  ['ARC-AGI', 'arc-agi-1'],
  ['ARC-AGI-2', 'arc-agi-2'],
  ['arc-agi-3', undefined],
  ['tasks', undefined],
])('a dataset called %s is of %s', (dataset, benchmark) => {
  expect(originOf(itemOf(dataset), new Set())).toBe(benchmark)
})

test('a shipped task is known by its content, wherever it was read', () => {
  expect(originOf(itemOf('tasks'), new Set(['h']))).toBe('arcloom')
})
