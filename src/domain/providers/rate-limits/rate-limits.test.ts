import { describe, expect, test } from '@jest/globals'
import { parseDurationMs } from './parse-duration.ts'
import { readAnthropicLimits } from './read-anthropic-limits.ts'
import { readOpenaiLimits } from './read-openai-limits.ts'
import { readOpenrouterLimits } from './read-openrouter-limits.ts'

const nowMs = Date.parse('2025-08-21T12:40:00Z')
const read = (headers: Record<string, string>) => {
  const all = new Headers(headers)
  return (name: string) => all.get(name)
}

describe('durations', () => {
  test.each([
    ['6m0s', 360_000],
    ['20ms', 20],
    ['12ms', 12],
    ['7.66s', 7_660],
    ['1h2m3s', 3_723_000],
    ['1s', 1_000],
    ['59.70', 59_700],
    ['0s', 0],
    ['soon', undefined],
    ['6m and a bit', undefined],
    ['', undefined],
  ])('%s', (text, expected) => {
    expect(parseDurationMs(text)).toBe(expected)
  })
})

describe('OpenAI', () => {
  test('the example of its documentation', () => {
    const headers = {
      'x-ratelimit-limit-requests': '60',
      'x-ratelimit-limit-tokens': '150000',
      'x-ratelimit-remaining-requests': '59',
      'x-ratelimit-remaining-tokens': '149984',
      'x-ratelimit-reset-requests': '1s',
      'x-ratelimit-reset-tokens': '6m0s',
    }
    expect(readOpenaiLimits(read(headers), nowMs)).toEqual([
      { counts: 'requests', limit: 60, remaining: 59, resetAtMs: nowMs + 1_000, refills: 'gradually' },
      { counts: 'tokens', limit: 150_000, remaining: 149_984, resetAtMs: nowMs + 360_000, refills: 'gradually' },
    ])
  })

  test('a time instead of a duration, as routers in front of it send', () => {
    const headers = {
      'x-ratelimit-limit-requests': '30',
      'x-ratelimit-remaining-requests': '4',
      'x-ratelimit-reset-requests': '2025-08-21T12:41:00Z',
    }
    expect(readOpenaiLimits(read(headers), nowMs)).toEqual([
      { counts: 'requests', limit: 30, remaining: 4, resetAtMs: nowMs + 60_000, refills: 'at-once' },
    ])
  })

  test.each([
    ['Azure’s unknown', { limit: '-1', remaining: '-1', reset: '0' }],
    ['words', { limit: 'many', remaining: 'some', reset: 'soon' }],
    ['no reset', { limit: '10', remaining: '5', reset: '' }],
    ['a limit of nothing', { limit: '0', remaining: '0', reset: '1s' }],
  ])('%s says nothing', (_, { limit, remaining, reset }) => {
    const headers = {
      'x-ratelimit-limit-tokens': limit,
      'x-ratelimit-remaining-tokens': remaining,
      'x-ratelimit-reset-tokens': reset,
    }
    expect(readOpenaiLimits(read(headers), nowMs)).toEqual([])
  })
})

test('Anthropic: a recorded reply', () => {
  const headers = {
    'anthropic-ratelimit-input-tokens-limit': '80000',
    'anthropic-ratelimit-input-tokens-remaining': '80000',
    'anthropic-ratelimit-input-tokens-reset': '2025-08-21T12:40:59Z',
    'anthropic-ratelimit-output-tokens-limit': '16000',
    'anthropic-ratelimit-output-tokens-remaining': '15000',
    'anthropic-ratelimit-output-tokens-reset': '2025-08-21T12:41:00Z',
    'anthropic-ratelimit-requests-limit': '1000',
    'anthropic-ratelimit-requests-remaining': '999',
    'anthropic-ratelimit-requests-reset': '2025-08-21T12:40:59Z',
    'anthropic-ratelimit-tokens-limit': '96000',
    'anthropic-ratelimit-tokens-remaining': '95000',
    'anthropic-ratelimit-tokens-reset': '2025-08-21T12:41:00Z',
  }
  expect(readAnthropicLimits(read(headers))).toEqual([
    { counts: 'requests', limit: 1_000, remaining: 999, resetAtMs: nowMs + 59_000, refills: 'gradually' },
    { counts: 'input-tokens', limit: 80_000, remaining: 80_000, resetAtMs: nowMs + 59_000, refills: 'gradually' },
    { counts: 'output-tokens', limit: 16_000, remaining: 15_000, resetAtMs: nowMs + 60_000, refills: 'gradually' },
  ])
  expect(readAnthropicLimits(read({ 'anthropic-ratelimit-requests-limit': '1000' }))).toEqual([])
})

describe('OpenRouter', () => {
  const headers = { 'X-RateLimit-Limit': '20', 'X-RateLimit-Remaining': '0', 'X-RateLimit-Reset': '1755780060000' }
  const expected = { counts: 'requests', limit: 20, remaining: 0, resetAtMs: nowMs + 60_000, refills: 'at-once' }

  test('its headers', () => {
    expect(readOpenrouterLimits(read(headers))).toEqual([expected])
  })

  test('the same in the body of a refusal', () => {
    const body = {
      error: { message: 'Rate limit exceeded: free-models-per-min. ', code: 429, metadata: { headers } },
    }
    expect(readOpenrouterLimits(read({}), body)).toEqual([expected])
  })

  test('seconds instead of milliseconds say nothing', () => {
    expect(readOpenrouterLimits(read({ ...headers, 'X-RateLimit-Reset': '60' }))).toEqual([])
  })
})
