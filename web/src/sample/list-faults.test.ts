import { expect, test } from '@jest/globals'
import type { PairResult } from '../../../src/api/documents.ts'
import { listFaults } from './list-faults.ts'

const fault = (part: 'train' | 'test', index: number, more: Partial<PairResult> = {}): PairResult => ({
  part,
  index,
  verdict: 'error',
  error_type: 'IndexError',
  message: 'out of range',
  line: 3,
  got: null,
  ...more,
})

test('an error is shown once at its line, with the pairs on which it occurred', () => {
  expect([...listFaults([fault('train', 0), fault('train', 1), fault('test', 0, { line: 5 })])]).toEqual([
    [3, 'train 1, train 2: It raised IndexError in line 3: out of range'],
    [5, 'test 1: It raised IndexError in line 5: out of range'],
  ])
})

test('different errors of a line are listed one below the other', () => {
  const faults = listFaults([fault('train', 0), fault('train', 1, { message: 'another' })])
  expect(faults.get(3)?.split('\n')).toHaveLength(2)
})

test('an error without a line marks none', () => {
  const { line: _, ...timeout } = fault('train', 0, { verdict: 'cpu-timeout' })
  expect(listFaults([timeout, fault('test', 0, { verdict: 'unjudged' })]).size).toBe(0)
})
