import { expect, test } from '@jest/globals'
import { hashTask } from './hash-task.ts'

const task = { train: [{ input: [[1, 2]], output: [[2, 1]] }], test: [{ input: [[3, 4]], output: [[4, 3]] }] }
const hash = '610f90809e4d4b5bc521c87f04bcd3c31e7c57d8d699eb6cfa72b915ddb11a80'

test('the hash of a task depends on its pairs alone and never changes: runs and progress are stored by it', () => {
  const named = { ...task, about: 'a swap', test: task.test.map((pair) => ({ ...pair, note: 'x' })) }
  expect([hashTask(task), hashTask(named)]).toEqual([hash, hash])
})

test('a withheld test output hashes like a missing one', () => {
  const [pair] = task.test
  expect(hashTask({ ...task, test: [{ input: pair?.input ?? [], output: null }] })).not.toBe(hash)
})
