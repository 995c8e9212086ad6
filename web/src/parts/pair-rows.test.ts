import { expect, test } from '@jest/globals'
import { buildMatrixRow } from '../../../test/support/build-matrix-row.ts'
import { pairRows } from './pair-rows.ts'

const solved = { resolution: 'solved', marks: 'r' } as const
const missed = { resolution: 'right-not-chosen', marks: 'r' } as const
const pair = (...[these, those]: Parameters<typeof pairRows>) => Object.fromEntries(pairRows(these, those))

test('tasks of two runs are told apart by which of them solved them', () => {
  const these = [
    buildMatrixRow('a', solved),
    buildMatrixRow('b', solved),
    buildMatrixRow('c', missed),
    buildMatrixRow('d', missed),
  ]
  const those = [
    buildMatrixRow('d', missed),
    buildMatrixRow('c', solved),
    buildMatrixRow('b', missed),
    buildMatrixRow('a', solved),
  ]
  expect(pair(these, those)).toEqual({ a: 'both', b: 'only-this', c: 'only-that', d: 'neither' })
})

test('a task that failed for good is not solved; one that is not recorded yet, or in one run only, is left out', () => {
  const these = ['a', 'b', 'c'].map((item) => buildMatrixRow(item, solved))
  const those = [buildMatrixRow('a', { failure: 'The provider is down.' }), buildMatrixRow('b', {})]
  expect(pair(these, those)).toEqual({ a: 'only-this' })
  expect(pair(these, [buildMatrixRow('a', { resolution: null, marks: 'x' })])).toEqual({})
})

test('tasks are the same by their content, whatever their names', () => {
  const these = [buildMatrixRow('a', solved), buildMatrixRow('b', { ...solved, content: 'c' })]
  expect(pair(these, [buildMatrixRow('a', { ...solved, content: 'other' })])).toEqual({})
  expect(pair(these, [buildMatrixRow('x', { ...missed, content: 'c' })])).toEqual({ b: 'only-this' })
})

test('one content under two names in a run stays two tasks', () => {
  const twins = [buildMatrixRow('b', { ...missed, content: 'c' }), buildMatrixRow('a', { ...solved, content: 'c' })]
  expect(pair(twins, [buildMatrixRow('z', { ...solved, content: 'c' })])).toEqual({ a: 'both' })
  expect(pair(twins, twins)).toEqual({ a: 'both', b: 'neither' })
})
