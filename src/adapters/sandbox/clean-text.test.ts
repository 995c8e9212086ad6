import { expect, test } from '@jest/globals'
import { cleanText } from './clean-text.ts'

test.each([
  ['keeps new lines and tabs', 'a\n\tb', 'a\n\tb'],
  ['drops what steers a terminal', '\u001b[31mred\u0007\u009b\r', '[31mr'],
  ['drops what turns text round or hides in it', 'a\u202eb\u200bc\ufeff', 'abc'],
  ['drops half a character', 'a\ud800b', 'ab'],
  ['cuts by bytes and never within a character', 'ééé', 'éé'],
])('%s', (_, text, clean) => {
  expect(cleanText(text, 5)).toBe(clean)
})
