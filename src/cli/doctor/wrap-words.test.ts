import { expect, test } from '@jest/globals'
import { wrapWords } from './wrap-words.ts'

test.each([
  ['', ['']],
  ['one two', ['one two']],
  ['one two three', ['one two', 'three']],
  ['a /path/longer/than/that b', ['a', '/path/longer/than/that', 'b']],
  ['one\n two', ['one two']],
])('%j', (text, lines) => {
  expect(wrapWords(text, 7)).toEqual(lines)
})
