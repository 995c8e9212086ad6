import { expect, test } from '@jest/globals'
import { maxRequestCostUsd } from './max-request-cost-usd.ts'

const prices = { promptUsdPerMillion: 1, completionUsdPerMillion: 2, asOf: '2026-11-27' }
const messages = [{ role: 'user', content: 'abc' }] as const
const promptBytes = JSON.stringify(messages).length
const sampling = { maxTokens: 1_000 }

test('a request costs at most a token for each byte, and its limit', () => {
  const usd = (promptBytes * 1 + 1_000 * 2) / 1e6
  expect(maxRequestCostUsd({ provider: 'openrouter', prices }, sampling, messages)).toBeCloseTo(usd, 9)
  expect(maxRequestCostUsd({ provider: 'openrouter' }, sampling, messages)).toBeNull()
  expect(maxRequestCostUsd({ provider: 'openrouter', prices }, {}, messages)).toBeNull()
})

test('it costs at most what it lets OpenRouter’s hosts charge', () => {
  const capped = { ...sampling, parameters: { provider: { max_price: { prompt: 3, completion: 4 } } } }
  const usd = (promptBytes * 3 + 1_000 * 4) / 1e6
  expect(maxRequestCostUsd({ provider: 'openrouter', prices }, capped, messages)).toBeCloseTo(usd, 9)
  expect(maxRequestCostUsd({ provider: 'local', prices }, capped, messages)).toBeLessThan(usd)
  const half = { ...sampling, parameters: { provider: { max_price: { prompt: 3 } } } }
  expect(maxRequestCostUsd({ provider: 'openrouter', prices }, half, messages)).toBeLessThan(usd)
})
