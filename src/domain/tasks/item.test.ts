import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { keyItems, leaveOutRepeats } from './item.ts'

const task = (task_id: string, hash = 'a'.repeat(64), version = 0) => ({
  task_id,
  version,
  hash,
  dataset: 'd',
  split: 's',
})
const keys = (...tasks: ReturnType<typeof task>[]) => keyItems(tasks).map((item) => item.key)

describe('keyItems', () => {
  test('a plain id is its own key', () => expect(keys(task('007bbfb7'))).toEqual(['007bbfb7']))

  test('a version other than 0 is part of the key', () =>
    expect(keys(task('a'), task('a', 'b'.repeat(64), 2))).toEqual(['a', 'a-v2']))

  test('equal ids with different content get their hash', () =>
    expect(keys(task('a'), task('a', 'b'.repeat(64)))).toEqual(['a-aaaaaaaa', 'a-bbbbbbbb']))

  test('ids that differ only in case get their hash', () =>
    expect(new Set(keys(task('A'), task('a', 'b'.repeat(64))).map((key) => key.toLowerCase())).size).toBe(2))

  test('the same task given twice is one item', () => expect(keys(task('a'), task('a'))).toEqual(['a']))

  test('a task in two splits keeps its first copy', () => {
    const evaluation = { ...task('a'), split: 'evaluation' }
    expect(keyItems([task('a'), evaluation])).toEqual([{ key: 'a', ...task('a') }])
    expect(leaveOutRepeats([evaluation, task('a'), task('b')])).toEqual({
      distinct: [evaluation, task('b')],
      repeats: [{ kept: evaluation, leftOut: task('a') }],
    })
  })

  test('an id that is a path stays inside the folder', () =>
    expect(keys(task('../../etc/passwd'))).toEqual(['_._.._etc_passwd-aaaaaaaa']))

  test('whatever the ids are, keys are unique and safe as file names', () => {
    const anyTask = fc.record({
      task_id: fc.oneof(fc.string(), fc.constantFrom('a', 'A', 'a-v1', 'a-aaaaaaaa')),
      version: fc.nat(2),
      hash: fc.stringMatching(/^[0-9a-f]{64}$/),
      dataset: fc.constant('d'),
      split: fc.constant('s'),
    })
    fc.assert(
      fc.property(fc.array(anyTask), (tasks) => {
        const itemKeys = keyItems(tasks).map((item) => item.key)
        expect(new Set(itemKeys.map((key) => key.toLowerCase())).size).toBe(itemKeys.length)
        for (const key of itemKeys) expect(key).toMatch(/^[\w-][\w.-]{0,130}$/)
      }),
    )
  })
})
