import { describe, expect, test } from '@jest/globals'
import { normalizeArguments } from '../cli/normalize-arguments.ts'
import { ipAddress, numberBetween, parseRange, parseTaskIds, wholeNumber } from './parse-values.ts'

describe('wholeNumber', () => {
  test('accepts numbers in range', () => expect(wholeNumber(1, 10)('10')).toBe(10))
  test.each(['0', '11', '1.5', 'many', '', '1e1', '0x5'])('refuses %j and says what is allowed', (text) => {
    expect(() => wholeNumber(1, 10)(text)).toThrow('from 1 to 10')
  })
})

describe('numberBetween', () => {
  test('accepts numbers in range', () => expect(numberBetween(0, 2)('0.7')).toBe(0.7))
  test.each(['-1', '2.1', '', 'hot'])('refuses %j', (text) => expect(() => numberBetween(0, 2)(text)).toThrow('0 to 2'))
})

describe('parseRange', () => {
  test.each([
    ['0:5', { start: 0, end: 5 }],
    ['[0:5]', { start: 0, end: 5 }],
    [':5', { start: 0, end: 5 }],
    ['5:', { start: 5, end: Infinity }],
  ])('reads %j', (text, range) => expect(parseRange(text)).toEqual(range))
  test.each(['5', '5:5', '6:5', 'a:b', ''])('refuses %j', (text) => expect(() => parseRange(text)).toThrow('START:END'))
})

describe('parseTaskIds', () => {
  test.each([
    ['a,b', ['a', 'b']],
    ['["a","b"]', ['a', 'b']],
    ["['a', 'b']", ['a', 'b']],
    ['a', ['a']],
  ])('reads %j', (text, ids) => expect(parseTaskIds(text)).toEqual(ids))
  test.each(['', '[]', ','])('refuses %j', (text) => expect(() => parseTaskIds(text)).toThrow('task ids'))
})

describe('ipAddress', () => {
  test.each([
    ['0.0.0.0', '0.0.0.0'],
    ['::1', '::1'],
    ['localhost', '127.0.0.1'],
  ])('reads %j', (text, address) => expect(ipAddress(text)).toBe(address))
  test.each(['', 'example.org', '1.2.3', '0.0.0.0:80', 'http://1.2.3.4'])('refuses %j', (text) => {
    expect(() => ipAddress(text)).toThrow('an IP address')
  })
})

describe('normalizeArguments', () => {
  test("accepts the Python original's flags", () => {
    expect(normalizeArguments(['--model_identifier', 'GEMINI_FLASH', '--max_tasks=15', '--task_ids', 'a_b'])).toEqual([
      '--model',
      'GEMINI_FLASH',
      '--max-tasks=15',
      '--task-ids',
      'a_b',
    ])
  })
  test('leaves what follows -- unchanged', () => {
    expect(normalizeArguments(['--a_b', '--', '--c_d'])).toEqual(['--a-b', '--', '--c_d'])
  })
})
