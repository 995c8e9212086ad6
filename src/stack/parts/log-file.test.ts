import { closeSync, existsSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { openLog, readLastWords, sizeOf } from './log-file.ts'

let folder: string
let path: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'log-file-'))
  path = join(folder, 'part.log')
})

afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('readLastWords', () => {
  test.each([
    ['the last line', 'one\ntwo\n\n', 'two'],
    ['nothing', '', undefined],
    [
      'the line of an uncaught error',
      'file:///a.ts:3\nthrow new TypeError("x")\n      ^\n\nTypeError: no such thing\n    at a.ts:3:7 {\n  code: 1\n}\n\nNode.js v24.1.0\n',
      'TypeError: no such thing',
    ],
  ])('%s', (_, text, words) => {
    writeFileSync(path, text)
    expect(readLastWords(path, 0)).toBe(words)
  })

  test('skips earlier lines', () => {
    writeFileSync(path, 'of another process\n')
    expect(readLastWords(path, sizeOf(path))).toBeUndefined()
  })

  test('returns nothing for a missing log', () => {
    expect(readLastWords(path, 0)).toBeUndefined()
  })
})

describe('openLog', () => {
  test('appends to a short log, and moves a long one aside', () => {
    writeFileSync(path, 'short')
    closeSync(openLog(path))
    expect(sizeOf(path)).toBe(5)
    truncateSync(path, 11 * 1024 * 1024)
    closeSync(openLog(path))
    expect(sizeOf(path)).toBe(0)
    expect(existsSync(`${path}.1`)).toBe(true)
  })
})
