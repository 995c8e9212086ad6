import { expect, test } from '@jest/globals'
import { describeRepeats } from './describe-repeats.ts'

const repeat = (task_id: string) => ({
  kept: { task_id, dataset: 'sets/arc', split: 'training' },
  leftOut: { task_id, dataset: 'sets/arc', split: 'evaluation' },
})

test('nothing is said where every task stands once', () => {
  expect(describeRepeats([])).toBeUndefined()
})

test('it says which copy counts', () => {
  expect(describeRepeats([repeat('a')])).toBe(
    '1 task stands more than once with the same content: a (training of sets/arc counts, evaluation of sets/arc is left out).',
  )
})

test('it names three and counts the rest', () => {
  expect(describeRepeats(['a', 'b', 'c', 'd', 'e'].map(repeat))).toMatch(/^5 tasks stand .*, c \(.*\), and 2 more\.$/)
})
