import { expect, test } from '@jest/globals'
import { UsageError } from '../domain/usage-error.ts'
import { checkBaseUrl } from './build-requests.ts'

const local = { key: 'local/a', baseUrl: 'http://127.0.0.1:8000/v1' }
const other = { key: 'GEMINI', baseUrl: 'https://example.org/v1' }
const baseUrl = 'http://127.0.0.1:9000/v1'

test('one --base-url applies to the models at one address, and to no others', () => {
  expect(() => checkBaseUrl([local, { ...local, key: 'local/b' }], { baseUrl })).not.toThrow()
  expect(() => checkBaseUrl([local, other], {})).not.toThrow()
  expect(() => checkBaseUrl([local, other], { baseUrl })).toThrow(UsageError)
  expect(() => checkBaseUrl([local, other], { baseUrl })).toThrow(/local\/a at .*, GEMINI at .*Start them one by one/)
})
