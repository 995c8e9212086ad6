import { expect, test } from '@jest/globals'
import { isAboutWholeKey } from './is-about-whole-key.ts'

const limit = (message: string, more: { code?: string; details?: string } = {}) => ({
  status: 429,
  message,
  headers: {},
  ...more,
})

test.each([
  [
    'OpenAI',
    limit(
      'Rate limit reached for gpt-4o in organization org-uVqpjt on tokens per min (TPM): Limit 30000, Used 29937, Requested 385.',
      { code: 'rate_limit_exceeded' },
    ),
  ],
  [
    'Groq',
    limit('Rate limit reached for model `llama-3.3-70b` in organization `org_01h` on requests per minute (RPM)'),
  ],
  [
    'Anthropic',
    limit('This request would exceed the rate limit for your organization of 30,000 input tokens per minute.'),
  ],
  [
    'a provider behind OpenRouter',
    limit('Provider returned error (Chutes: qwen3 is temporarily rate-limited upstream)', {
      details: 'qwen3 is temporarily rate-limited upstream. Please retry shortly, or add your own key',
    }),
  ],
  ['GitHub Models', limit('Rate limit of 10 per 60s exceeded for UserByModelByMinute. Please wait 24 seconds')],
  ['a provider that says nothing more', limit('Too Many Requests')],
])('a limit of %s applies to the model', (_, failed) => expect(isAboutWholeKey(failed)).toBe(false))

test.each([
  ['OpenRouter, in flight', limit('Too much in flight', { code: 'openrouter_in_flight_budget' })],
  ['OpenRouter, free models', limit('Rate limit exceeded: free-models-per-min. ')],
  [
    'Moonshot',
    limit(
      'Your account org-e664b178<ak-f3t8pf> request reached max organization concurrency: 1, please try again after 1 seconds',
    ),
  ],
  ['Moonshot, short', limit('Organization Rate limit exceeded, please try again after 1 seconds')],
  [
    'GitHub Models, at once',
    limit('Rate limit of 2 per 0s exceeded for UserConcurrentRequests. Please wait 0 seconds'),
  ],
  ['a provider that says so', limit('You have exceeded the requests of a minute across all models')],
])('a limit of %s applies to the whole key', (_, failed) => expect(isAboutWholeKey(failed)).toBe(true))
