import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { ModelPrices } from './model-spec.ts'
import { isFree, maxCallCostUsd, priceCall } from './price-call.ts'

const prices: ModelPrices = { promptUsdPerMillion: 3, completionUsdPerMillion: 15, asOf: '2026-01-01' }
const cached: ModelPrices = { ...prices, cacheReadUsdPerMillion: 0.3, cacheWriteUsdPerMillion: 3.75 }
const stepped: ModelPrices = {
  ...prices,
  longPrompts: [
    { abovePromptTokens: 500_000, promptUsdPerMillion: 9, completionUsdPerMillion: 30 },
    { abovePromptTokens: 200_000, promptUsdPerMillion: 6, completionUsdPerMillion: 22.5 },
  ],
}

describe('the price of a request', () => {
  test('counts reasoning tokens once', () => {
    const usage = { promptTokens: 1_000_000, completionTokens: 200_000, reasoningTokens: 150_000 }
    expect(priceCall(prices, usage)).toBeCloseTo(3 + 3)
  })

  test('takes the rate of reasoning where it has one', () => {
    const usage = { promptTokens: 0, completionTokens: 200_000, reasoningTokens: 150_000 }
    expect(priceCall({ ...prices, reasoningUsdPerMillion: 5 }, usage)).toBeCloseTo(0.05 * 15 + 0.15 * 5)
  })

  test('takes the rates of the cache where it has them, and the full price where not', () => {
    const usage = { promptTokens: 1000, completionTokens: 0, cacheReadTokens: 600, cacheWriteTokens: 300 }
    expect(priceCall(cached, usage)).toBeCloseTo((100 * 3 + 600 * 0.3 + 300 * 3.75) / 1e6, 12)
    expect(priceCall(prices, usage)).toBeCloseTo(0.003, 12)
  })

  test('is the full one when more is said to be cached than was sent', () => {
    const usage = { promptTokens: 1000, completionTokens: 0, cacheReadTokens: 2000 }
    expect(priceCall(cached, usage)).toBeCloseTo(0.003, 12)
  })

  test.each([
    [200_000, 3, 15],
    [200_001, 6, 22.5],
    [500_001, 9, 30],
  ])('for a prompt of %i tokens is %d and %d per million, for the whole request', (promptTokens, input, output) => {
    const usage = { promptTokens, completionTokens: 1000 }
    expect(priceCall(stepped, usage)).toBeCloseTo((promptTokens * input + 1000 * output) / 1e6, 10)
  })

  test('includes what each request costs', () => {
    expect(priceCall({ ...prices, requestUsd: 0.005 }, { promptTokens: 0, completionTokens: 0 })).toBe(0.005)
  })

  test('has the factor of the service tier, and is unknown for a tier without one', () => {
    const tiered = { ...prices, serviceTiers: { flex: 0.5 } }
    const usage = { promptTokens: 1_000_000, completionTokens: 0 }
    expect(priceCall(tiered, { ...usage, serviceTier: 'flex' })).toBe(1.5)
    expect(priceCall(tiered, { ...usage, serviceTier: 'priority' })).toBeNull()
  })
})

describe('the maximum cost of a request', () => {
  test('is that of its bytes and its token limit', () => {
    expect(maxCallCostUsd(prices, 2_000, 1_000)).toBeCloseTo(0.006 + 0.015)
  })

  test('is never below what the request costs, whatever its tokens are', () => {
    const dear = { ...stepped, cacheWriteUsdPerMillion: 4, serviceTiers: { priority: 2, flex: 0.5 }, requestUsd: 0.01 }
    const part = fc.nat({ max: 400_000 })
    fc.assert(
      fc.property(
        part,
        part,
        part,
        part,
        part,
        fc.constantFrom('flex', 'priority', undefined),
        (plain, read, written, text, reasoning, tier) => {
          const promptTokens = plain + read + written
          const completionTokens = text + reasoning
          const usage = { cacheReadTokens: read, cacheWriteTokens: written, reasoningTokens: reasoning }
          const cost = priceCall(dear, {
            promptTokens,
            completionTokens,
            ...usage,
            ...(tier !== undefined && { serviceTier: tier }),
          })
          expect(maxCallCostUsd(dear, promptTokens, completionTokens)).toBeGreaterThanOrEqual((cost ?? 0) - 1e-9)
        },
      ),
    )
  })
})

test('a model is free when no token and no request costs anything', () => {
  const free = { promptUsdPerMillion: 0, completionUsdPerMillion: 0, asOf: '2026-01-01' }
  expect(isFree(free)).toBe(true)
  expect(isFree({ ...free, requestUsd: 0.01 })).toBe(false)
  expect(isFree({ ...free, longPrompts: [{ ...free, abovePromptTokens: 9, promptUsdPerMillion: 1 }] })).toBe(false)
})
