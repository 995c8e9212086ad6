import { describe, expect, test } from '@jest/globals'
import { readOpenRouterPricing } from './read-openrouter-pricing.ts'

describe('a price in OpenRouter’s list', () => {
  test('is read per million tokens, without what text does not need', () => {
    expect(
      readOpenRouterPricing({
        prompt: '0.000003',
        completion: '0.000015',
        request: '0',
        image: '0.0048',
        web_search: '0.01',
        internal_reasoning: '0',
        input_cache_read: '0.0000003',
        input_cache_write: '0.00000375',
      }),
    ).toEqual({
      promptUsdPerMillion: 3,
      completionUsdPerMillion: 15,
      cacheReadUsdPerMillion: 0.3,
      cacheWriteUsdPerMillion: 3.75,
    })
  })

  test('has a price for each request and for reasoning where the list does', () => {
    const pricing = { prompt: '0.000002', completion: '0.000008', request: '0.005', internal_reasoning: '0.000003' }
    expect(readOpenRouterPricing(pricing)).toMatchObject({ requestUsd: 0.005, reasoningUsdPerMillion: 3 })
  })

  test('has steps for long prompts, which keep what they do not override', () => {
    const overrides = [{ min_prompt_tokens: 200_000, prompt: '0.000006', completion: '0.0000225' }]
    const pricing = { prompt: '0.000003', completion: '0.000015', input_cache_read: '0.0000003', overrides }
    expect(readOpenRouterPricing(pricing)?.longPrompts).toEqual([
      {
        abovePromptTokens: 199_999,
        promptUsdPerMillion: 6,
        completionUsdPerMillion: 22.5,
        cacheReadUsdPerMillion: 0.3,
      },
    ])
  })

  test('is the highest of the day', () => {
    const overrides = [{ utc_start: 1200, utc_end: 1800, prompt: '0.000004' }]
    expect(readOpenRouterPricing({ prompt: '0.000002', completion: '0.000008', overrides })).toEqual({
      promptUsdPerMillion: 4,
      completionUsdPerMillion: 8,
    })
  })

  test('is 0 for a free model', () =>
    expect(readOpenRouterPricing({ prompt: '0', completion: '0' })).toEqual({
      promptUsdPerMillion: 0,
      completionUsdPerMillion: 0,
    }))

  test.each([
    ['a router, whose price depends on where it sends', { prompt: '-1', completion: '-1' }],
    ['a model with half a price', { prompt: '0.1' }],
    ['text', { prompt: 'free', completion: 'free' }],
    ['an empty text', { prompt: '', completion: '' }],
    ['nothing', undefined],
  ])('is unknown for %s', (_, pricing) => expect(readOpenRouterPricing(pricing)).toBeUndefined())
})
