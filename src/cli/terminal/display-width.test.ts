import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { cutToWidth, measureWidth, wrapToWidth } from './display-width.ts'

test.each([
  ['abc', 3],
  ['3/20 · …', 8],
  ['请求过多', 8],
  ['e\u0301', 1],
  ['🙂', 2],
])('%s takes %d columns', (text, width) => expect(measureWidth(text)).toBe(width))

test.each([
  ['abcdef', 6, 'abcdef'],
  ['abcdef', 5, 'abcd…'],
  ['abc def', 5, 'abc…'],
  ['请求过多', 5, '请求…'],
  ['abc', 0, ''],
])('%s in %d columns is %s', (text, columns, cut) => expect(cutToWidth(text, columns)).toBe(cut))

describe('wrapToWidth', () => {
  test.each([
    ['one two three', 7, 3, ['one two', 'three']],
    ['one two three four', 7, 2, ['one two', 'three…']],
    ['npx arcloom cancel a-long-run-name', 12, 5, ['npx arcloom', 'cancel', 'a-long-run-n', 'ame']],
    ['', 7, 3, []],
  ])('%s', (text, columns, maxLines, lines) => expect(wrapToWidth(text, columns, maxLines)).toEqual(lines))

  test('never returns a line that is too wide, or too many lines', () =>
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.integer({ min: 2, max: 50 }),
        fc.integer({ min: 1, max: 4 }),
        (text, columns, most) => {
          const lines = wrapToWidth(text, columns, most)
          expect(lines.length).toBeLessThanOrEqual(most)
          for (const line of lines) expect(measureWidth(line)).toBeLessThanOrEqual(columns)
        },
      ),
    ))
})
