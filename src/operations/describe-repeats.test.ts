import { expect, test } from '@jest/globals'
import { describeRepeats } from './describe-repeats.ts'

const repeat = (task_id: string) => ({
  kept: { task_id, dataset: 'sets/arc', split: 'training' },
  leftOut: { task_id, dataset: 'sets/arc', split: 'evaluation' },
})

test('nothing is said when every task occurs once', () => {
  expect(describeRepeats([])).toBeUndefined()
})

test('the message says which copy is kept', () => {
  expect(describeRepeats([repeat('a')])).toBe(
    '1 task occurs more than once with the same content: a (keeping sets/arc/training, leaving out sets/arc/evaluation).',
  )
})

test('the message names three and counts the rest', () => {
  expect(describeRepeats(['a', 'b', 'c', 'd', 'e'].map(repeat))).toMatch(/^5 tasks occur .*, c \(.*\), and 2 more\.$/)
})
