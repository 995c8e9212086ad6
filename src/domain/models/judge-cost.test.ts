import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { doubtedZero, implausibleCost, judgeCost, unknownUsage, unpricedTier } from './judge-cost.ts'

const prices = { promptUsdPerMillion: 1, completionUsdPerMillion: 2, asOf: '2026-01-01' }
const free = { ...prices, promptUsdPerMillion: 0, completionUsdPerMillion: 0 }
const usage = { promptTokens: 700_000, completionTokens: 100_000 } // 0.90 USD
const unknown = { promptTokens: null, completionTokens: null }

describe('the cost of a request', () => {
  test('is what its tokens cost when the provider reports no cost', () => {
    expect(judgeCost(undefined, usage, prices, 5)).toEqual({ costUsd: expect.closeTo(0.9) })
    expect(judgeCost(undefined, usage, undefined, null)).toEqual({ costUsd: null })
  })

  test.each([
    ['both', unknown],
    ['the prompt', { ...usage, promptTokens: null }],
    ['the completion', { promptTokens: 0, completionTokens: null }],
  ])('is unknown, and marked so, when the tokens of %s are', (_, partly) =>
    expect(judgeCost(undefined, partly, prices, 5)).toEqual({ costUsd: null, warning: unknownUsage }),
  )

  test('is 0 when nothing was used or nothing is charged', () => {
    expect(judgeCost(undefined, { promptTokens: 0, completionTokens: 0 }, undefined, null)).toEqual({ costUsd: 0 })
    expect(judgeCost(undefined, unknown, free, null)).toEqual({ costUsd: 0 })
  })

  test.each([
    ['a discount', 0.01, usage, prices],
    ['nothing, for a free model', 0, usage, free],
    ['nothing, for a model without a price', 0, usage, undefined],
    ['nothing, for a reply without a completion', 0, { ...usage, completionTokens: 0 }, prices],
    ['ten times the price', 9, usage, prices],
    ['a fee beside few tokens', 0.05, { promptTokens: 10, completionTokens: 1 }, prices],
    ['a cost without tokens', 4, unknown, prices],
    ['a cost without a price', 3, usage, undefined],
    ['a cost of a free model', 3, usage, free],
  ])('is what the provider reports when that is %s', (_, claimed, used, registry) =>
    expect(judgeCost(claimed, used, registry, 5)).toEqual({ costUsd: claimed }),
  )

  test.each([
    ['negative', -0.01, prices],
    ['more money than there is', 1e308, prices],
    ['more money than there is, without a price', 1e308, undefined],
    ['infinite', Infinity, prices],
    ['something that is not a number', NaN, prices],
    ['text', 'unreadable' as const, prices],
    ['a cost far above the price', 9.1, prices],
    ['more than any request costs', 101, free],
  ])('is unknown, and marked so, when the provider reports %s', (_, claimed, registry) =>
    expect(judgeCost(claimed, usage, registry, 5)).toEqual({ costUsd: null, warning: implausibleCost }),
  )

  test('is that of the tokens, and marked so, when the provider reports 0 for a completion with a price', () =>
    expect(judgeCost(0, usage, prices, 5)).toEqual({ costUsd: expect.closeTo(0.9), warning: doubtedZero }))

  test('is unknown when the provider reports 0 and no tokens for a model with a price', () =>
    expect(judgeCost(0, unknown, prices, 5)).toEqual({ costUsd: null, warning: doubtedZero }))

  test('is unknown, and marked so, when the service tier has no price', () =>
    expect(judgeCost(undefined, { ...usage, serviceTier: 'priority' }, prices, 5)).toEqual({
      costUsd: null,
      warning: unpricedTier,
    }))

  test('is finite and not negative, or unknown, whatever is reported', () =>
    fc.assert(
      fc.property(fc.double(), fc.option(fc.nat()), fc.option(fc.nat()), (claimed, promptTokens, completionTokens) => {
        const { costUsd } = judgeCost(claimed, { promptTokens, completionTokens }, prices, 1)
        expect(costUsd === null || (costUsd >= 0 && Number.isFinite(costUsd))).toBe(true)
      }),
    ))
})
