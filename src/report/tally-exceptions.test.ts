import { expect, test } from '@jest/globals'
import type { PairVerdict } from '../domain/runs/record.ts'
import { createExceptionTally, nameException, placeException } from './tally-exceptions.ts'

function raise(error_type: string, message?: string, line?: number): PairVerdict {
  return { verdict: 'error', error_type, cells_right: 0, cells: 1, ...(message && { message }), ...(line && { line }) }
}

test('counts messages that differ only in numbers together, and names the first item that raised it, in whatever order items come', () => {
  const tally = createExceptionTally()
  tally.add('c', 0, raise('IndexError', 'index 5 is out of bounds', 3))
  tally.add('a', 1, raise('IndexError', 'index 12 is out of bounds', 7))
  tally.add('b', 0, raise('IndexError', 'index 5 is out of bounds'))
  tally.add('a', 0, raise('KeyError', '3', 2))
  tally.add('d', 0, { verdict: 'wrong', cells_right: 0, cells: 1 })
  expect(tally.list()).toEqual([
    { error_type: 'IndexError', message: 'index 12 is out of bounds', programs: 3, item: 'a', sample: 1, line: 7 },
    { error_type: 'KeyError', message: '3', programs: 1, item: 'a', sample: 0, line: 2 },
  ])
})

test('shortens a long message of several lines to one line of whole characters', () => {
  const tally = createExceptionTally()
  tally.add('a', 0, raise('ValueError', `${'😀'.repeat(150)}\n${'😀'.repeat(150)}`))
  const [{ message } = { message: '' }] = tally.list()
  expect(Array.from(message)).toHaveLength(200)
  expect(message).toMatch(/^😀+ 😀+…$/u)
})

test('lists twenty of very many', () => {
  const tally = createExceptionTally()
  for (let index = 0; index < 100; index++) tally.add('a', index, raise(`E${'x'.repeat(index)}`))
  expect(tally.list()).toHaveLength(20)
})

test('describes an exception without a message and line', () => {
  const tally = createExceptionTally()
  tally.add('a', 0, raise('StopIteration'))
  tally.add('b', 0, raise('KeyError', '3', 2))
  expect(tally.list().map((each) => `${nameException(each)} in ${placeException(each)}`)).toEqual([
    'KeyError: 3 in b, line 2',
    'StopIteration in a',
  ])
})
