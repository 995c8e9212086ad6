import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { editCode, type CodeKey } from './edit-code.ts'

/** Text with the selection between bars, or the caret at a single one. */
function press(marked: string, key: CodeKey): string | undefined {
  const [before = '', middle, after] = marked.split('|')
  const text = before + (middle ?? '') + (after ?? '')
  const end = after === undefined ? before.length : before.length + (middle ?? '').length
  const edit = editCode(text, [before.length, end], key)
  if (!edit) return undefined
  const result = text.slice(0, edit.from) + edit.insert + text.slice(edit.to)
  const [from, to] = edit.select
  return from === to
    ? `${result.slice(0, from)}|${result.slice(from)}`
    : `${result.slice(0, from)}|${result.slice(from, to)}|${result.slice(to)}`
}

describe('a key in a program', () => {
  test.each<[CodeKey, string, string]>([
    ['Tab', '|x', '    |x'],
    ['Tab', 'ab|', 'ab  |'],
    ['Tab', '|a\n\nb|\nc', '    |a\n\n    b|\nc'],
    ['Tab', '|a\n|b', '    |a\n|b'],
    ['Shift+Tab', '        a|', '    a|'],
    ['Shift+Tab', '  |a', '|a'],
    ['Shift+Tab', '|    a\n  b|', '|a\nb|'],
    ['Shift+Tab', 'a|', 'a|'],
    ['Enter', 'def f():|', 'def f():\n    |'],
    ['Enter', '    x = 1|', '    x = 1\n    |'],
    ['Enter', '    if x: |y|', '    if x: \n        |'],
    ['Enter', '|', '\n|'],
    ['Backspace', '        |x', '    |x'],
    ['Backspace', '      |x', '    |x'],
  ])('%s turns %j into %j', (key, before, after) => expect(press(before, key)).toBe(after))

  test.each<[CodeKey, string]>([
    ['Backspace', 'ab|'],
    ['Backspace', '|a'],
    ['Backspace', 'a\n|b'],
    ['Backspace', '|  |a'],
  ])('%s is left to the field in %j', (key, marked) => expect(press(marked, key)).toBeUndefined())

  test('never selects anything outside the text', () => {
    const texts = fc.string({ unit: fc.constantFrom(' ', '\n', ':', 'x', '\t') })
    const keys = fc.constantFrom<CodeKey>('Tab', 'Shift+Tab', 'Enter', 'Backspace')
    fc.assert(
      fc.property(texts, fc.nat(), fc.nat(), keys, (text, a, b, key) => {
        const [start = 0, end = 0] = [a % (text.length + 1), b % (text.length + 1)].toSorted((x, y) => x - y)
        const edit = editCode(text, [start, end], key)
        if (!edit) return
        const length = text.length - (edit.to - edit.from) + edit.insert.length
        const [from, to] = edit.select
        expect(0 <= edit.from && edit.from <= edit.to && edit.to <= text.length).toBe(true)
        expect(0 <= from && from <= to && to <= length).toBe(true)
      }),
    )
  })
})
