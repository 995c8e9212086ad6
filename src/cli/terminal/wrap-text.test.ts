import { expect, test } from '@jest/globals'
import { wrapText } from './wrap-text.ts'

test.each([
  ['a line that fits', 'Cost   1 2 3', 12, 'Cost   1 2 3'],
  ['a value continues under its start', 'Cost   one two three', 15, 'Cost   one two\n       three'],
  ['a list item continues under its text', '- one two three', 9, '- one two\n  three'],
  ['an indented line continues under its own start', '  one two three', 9, '  one two\n  three'],
  [
    'a value goes below a name that takes more than half of the line',
    'A long name   one two',
    14,
    'A long name\none two',
  ],
  ['a word longer than a line stays whole', 'see a-very-long-id now', 8, 'see\na-very-long-id\nnow'],
  ['each line is wrapped by itself', 'one two\nthree four', 7, 'one two\nthree\nfour'],
])('%s', (_, text, columns, wrapped) => expect(wrapText(text, columns)).toBe(wrapped))

test('text that is not for a terminal stays unchanged', () => {
  const line = 'word '.repeat(200)
  expect(wrapText(line, Infinity)).toBe(line)
})
