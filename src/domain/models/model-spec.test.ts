import { describe, expect, test } from '@jest/globals'
import { maxCallCostUsd, priceCall } from './model-spec.ts'

const prices = { promptUsdPerMillion: 3, completionUsdPerMillion: 15, asOf: '2026-01-01' }

describe('prices', () => {
  test('are per million tokens, and reasoning tokens are counted once', () => {
    const usage = { promptTokens: 1_000_000, completionTokens: 200_000, reasoningTokens: 150_000 }
    expect(priceCall(prices, usage)).toBeCloseTo(3 + 3)
  })

  test('limit the cost of a call by its bytes and its token limit', () => {
    expect(maxCallCostUsd(prices, 2_000, 1_000)).toBeCloseTo(0.006 + 0.015)
  })
})
