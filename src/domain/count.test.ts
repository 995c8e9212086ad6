import { expect, test } from '@jest/globals'
import { count, inflect } from './count.ts'

test.each([
  [0, '0 tasks'],
  [1, '1 task'],
  [2, '2 tasks'],
  [1000, '1,000 tasks'],
])('counts %i', (number, words) => expect(count(number, 'task')).toBe(words))

test('accepts a plural other than the word with an s', () => {
  expect([1, 2].map((number) => count(number, 'entry', 'entries'))).toEqual(['1 entry', '2 entries'])
  expect([1, 2].map((number) => inflect(number, 'is', 'are'))).toEqual(['is', 'are'])
})
