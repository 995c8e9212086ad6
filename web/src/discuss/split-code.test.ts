import { expect, test } from '@jest/globals'
import { splitCode } from './split-code.ts'

test('splitCode cuts Markdown at its fenced blocks', () =>
  expect(splitCode('Look:\n\n```python\nx = 1\n```\nand\n~~~\n```\n~~~')).toEqual([
    { kind: 'text', text: 'Look:\n' },
    { kind: 'code', language: 'python', code: 'x = 1' },
    { kind: 'text', text: 'and' },
    { kind: 'code', language: '', code: '```' },
  ]))

test('splitCode takes a block that is still coming for code', () =>
  expect(splitCode('```py\ndef')).toEqual([{ kind: 'code', language: 'py', code: 'def' }]))

test('splitCode leaves code in a line, and text without code, alone', () =>
  expect(splitCode('a ``` b ``` c\n```x`y\n')).toEqual([{ kind: 'text', text: 'a ``` b ``` c\n```x`y\n' }]))
