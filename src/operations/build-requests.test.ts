import { describe, expect, test } from '@jest/globals'
import { completeModel } from '../adapters/models/registry/registry-schema.ts'
import { UsageError } from '../domain/usage-error.ts'
import { checkBaseUrl, checkBudget, checkTemperature } from './build-requests.ts'

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

describe('a budget', () => {
  const prices = { promptUsdPerMillion: 1, completionUsdPerMillion: 2, asOf: '2026-11-27' }
  const model = completeModel('M', { provider: 'openai', id: 'm', prices })

  test.each<[object, RegExp]>([
    [{}, /needs --max-tokens/],
    [{ maxTokens: 9, parameters: { service_tier: 'priority' } }, /service tier "priority".*"serviceTiers"/],
  ])('is refused with %j', (sampling, words) => expect(() => checkBudget(model, sampling)).toThrow(words))

  test.each([{}, { parameters: { service_tier: 'auto' } }, { parameters: { top_p: 1 } }])(
    'is accepted with a limit of tokens and %j',
    (sampling) => expect(() => checkBudget(model, { maxTokens: 9, ...sampling })).not.toThrow(),
  )

  test('is accepted for a service tier that has a factor', () => {
    const tiered = { ...model, prices: { ...prices, serviceTiers: { priority: 2 } } }
    expect(() => checkBudget(tiered, { maxTokens: 9, parameters: { service_tier: 'priority' } })).not.toThrow()
  })
})
