import { expect, test } from '@jest/globals'
import { hasKey, markKeys } from './key-marks.ts'

test('tells whether a key is the same, and not what it is', () => {
  const marks = markKeys({ OPENAI_API_KEY: ' secret ', HOME: '/home', EMPTY_KEY: '' })
  expect(Object.keys(marks)).toEqual(['OPENAI_API_KEY'])
  expect(JSON.stringify(marks)).not.toContain('secret')
  expect(hasKey(marks, 'OPENAI_API_KEY', 'secret')).toBe(true)
  expect(hasKey(marks, 'OPENAI_API_KEY', 'another')).toBe(false)
  expect(hasKey(marks, 'OTHER_API_KEY', 'secret')).toBe(false)
})
