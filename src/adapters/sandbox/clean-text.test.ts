import { expect, test } from '@jest/globals'
import { cleanText } from './clean-text.ts'

test.each([
  ['keeps line breaks and tabs', 'a\n\tb', 'a\n\tb'],
  ['drops terminal control sequences', '\u001b[31mred\u0007\u009b\r', '[31mr'],
  ['drops characters that reverse or hide text', 'a\u202eb\u200bc\ufeff', 'abc'],
  ['drops half a character', 'a\ud800b', 'ab'],
  ['cuts by bytes and never inside a character', 'ééé', 'éé'],
])('%s', (_, text, clean) => {
  expect(cleanText(text, 5)).toBe(clean)
})
