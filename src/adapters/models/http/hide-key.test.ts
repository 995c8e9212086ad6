import { describe, expect, test } from '@jest/globals'
import { hideKey } from './hide-key.ts'

const key = 'sk-or-v1-0123456789abcdef'

describe('hideKey', () => {
  test.each([
    ['the key itself', `bad key ${key}.`, 'bad key [key].'],
    ['a key half masked', 'bad key sk-ab***wxyz.', 'bad key [key].'],
    ['a masked key after other characters', '(key=sk-proj-ab*****wx-yz)', '(key=[key])'],
    ['a masked key after a dash', 'x-sk-ab***wxyz', 'x-[key]'],
    [
      'nothing in words that only look like a key',
      'task-ab***c and sk-ab**c and ***sk-abcdef',
      'task-ab***c and sk-ab**c and ***sk-abcdef',
    ],
  ])('hides %s', (_, text, hidden) => expect(hideKey(text, key)).toBe(hidden))

  test('leaves a text alone when the key is a placeholder', () =>
    expect(hideKey('none and EMPTY', 'none')).toBe('none and EMPTY'))

  // If the time were quadratic in the length, these would take hours.
  test.each(['sk-', 'sk-a*', 'sk-**', 'sk-***', '*', '-', 'a***', 'sk-***\n'])('handles a long text of %j', (piece) => {
    expect(hideKey(`***${piece.repeat(1_000_000)}`, key)).toBeDefined()
  })
})
