import { expect, test } from '@jest/globals'
import { findBenchmark, isEvaluationName, isEvaluationSplit } from './benchmarks.ts'

test.each([
  ['arc-agi-1', 'arc-agi-1'],
  // The names of the repositories.
  ['ARC-AGI', 'arc-agi-1'],
  ['ARC-AGI-2', 'arc-agi-2'],
  ['arc-agi-3', undefined],
  ['tasks', undefined],
])('a dataset called %s is listed as %s', (dataset, benchmark) => {
  expect(findBenchmark(dataset)?.name).toBe(benchmark)
})

test.each([
  'evaluation',
  'Evaluation',
  'EVAL',
  'eval',
  'eval2',
  'public_eval',
  'eval_public',
  'publicEval',
  'semi-private',
  'private',
  'validation',
  'val',
  'test',
  'testing',
  'heldout',
  'held_out',
  'held-out',
  'HoldOut',
  'hidden set',
])('a split called %s is for evaluation', (split) => {
  expect(isEvaluationSplit(split)).toBe(true)
})

test.each(['training', 'train', 'all', 'Training', 'contest', 'latest', 'medieval', 'value', '', 'retrieval'])(
  'a split called "%s" is not',
  (split) => {
    expect(isEvaluationSplit(split)).toBe(false)
  },
)

test('a folder whose name is not a known split is taken as one of that name', () => {
  expect(isEvaluationName({ dataset: 'Evaluation', split: 'all' })).toBe(true)
  expect(isEvaluationName({ dataset: 'mine', split: 'all' })).toBe(false)
  expect(isEvaluationName({ dataset: 'private', split: 'training' })).toBe(false)
})
