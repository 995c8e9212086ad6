import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { highlightPython } from './highlight-python.ts'

test('splits Python into tokens, line by line', () =>
  expect(highlightPython('def f(g):\n    return "a" + 1  # why')).toEqual([
    [{ text: 'def', kind: 'keyword' }, { text: ' ' }, { text: 'f', kind: 'name' }, { text: '(g):' }],
    expect.arrayContaining([
      { text: 'return', kind: 'keyword' },
      { text: '"a"', kind: 'text' },
      { text: '1', kind: 'number' },
      { text: '# why', kind: 'comment' },
    ]),
  ]))

test('loses nothing of any text', () =>
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('a', '"', "'", '\n', ' ', '(', '\t', '#', '\\', 'def ', '🂡') }),
      (text) =>
        expect(
          highlightPython(text)
            .map((line) => line.map((token) => token.text).join(''))
            .join('\n'),
        ).toBe(text),
    ),
  ))
