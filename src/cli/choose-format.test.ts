import { expect, test } from '@jest/globals'
import { UsageError } from '../domain/usage-error.ts'
import { chooseFormat } from './choose-format.ts'

const choose = (flags: Parameters<typeof chooseFormat<'text' | 'md' | 'html'>>[1]) =>
  chooseFormat(['text', 'md', 'html'], flags)

test('a file is written in the format of its extension, unless a flag says otherwise', () => {
  expect(choose({ output: 'r.HTM' })).toBe('html')
  expect(choose({ output: 'r.pdf', format: 'md' })).toBe('md')
  expect(choose({ output: 'report' })).toBe('text')
  expect(choose({})).toBe('text')
})

test('an unknown extension is refused with the list of those allowed', () => {
  expect(() => choose({ output: 'r.pdf' })).toThrow(UsageError)
  expect(() => choose({ output: 'r.pdf' })).toThrow(
    '--output r.pdf: there is no .pdf format; end the name in .md, .html, .htm, .json, .txt, or choose one with --format text|md|html.',
  )
})
