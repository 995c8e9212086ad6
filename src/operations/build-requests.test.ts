import { expect, test } from '@jest/globals'
import { UsageError } from '../domain/usage-error.ts'
import { checkBaseUrl, checkTemperature } from './build-requests.ts'

const local = { key: 'local/a', baseUrl: 'http://127.0.0.1:8000/v1' }
const other = { key: 'GEMINI', baseUrl: 'https://example.org/v1' }
const baseUrl = 'http://127.0.0.1:9000/v1'

test('one --base-url applies to the models at one address, and to no others', () => {
  expect(() => checkBaseUrl([local, { ...local, key: 'local/b' }], { baseUrl })).not.toThrow()
  expect(() => checkBaseUrl([local, other], {})).not.toThrow()
  expect(() => checkBaseUrl([local, other], { baseUrl })).toThrow(UsageError)
  expect(() => checkBaseUrl([local, other], { baseUrl })).toThrow(/local\/a at .*, GEMINI at .*Start them one by one/)
})

test('--temperature is refused for a model that takes none', () => {
  const fixed = { key: 'FIXED', temperature: false } as const
  expect(() => checkTemperature(fixed, {})).not.toThrow()
  expect(() => checkTemperature({ key: 'OTHER' }, { temperature: 0.5 })).not.toThrow()
  expect(() => checkTemperature(fixed, { temperature: 0 })).toThrow(/^--temperature 0: FIXED takes none .*Leave out/)
  expect(() => checkTemperature(fixed, { temperature: 1, model: ['FIXED', 'OTHER'] })).toThrow(/others without FIXED/)
})
