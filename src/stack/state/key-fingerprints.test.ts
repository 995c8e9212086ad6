import { expect, test } from '@jest/globals'
import { fingerprintKeys, hasKey } from './key-fingerprints.ts'

test('tells whether a key is the same, and does not reveal it', () => {
  const fingerprints = fingerprintKeys({ OPENAI_API_KEY: ' secret ', HOME: '/home', EMPTY_KEY: '' })
  expect(Object.keys(fingerprints)).toEqual(['OPENAI_API_KEY'])
  expect(JSON.stringify(fingerprints)).not.toContain('secret')
  expect(hasKey(fingerprints, 'OPENAI_API_KEY', 'secret')).toBe(true)
  expect(hasKey(fingerprints, 'OPENAI_API_KEY', 'another')).toBe(false)
  expect(hasKey(fingerprints, 'OTHER_API_KEY', 'secret')).toBe(false)
})
