import { describe, expect, test } from '@jest/globals'
import { describeErrorBody } from '../providers/describe-error-body.ts'
import { classifyModelFailure, type FailedRequest, type ModelFailure } from './model-failure.ts'

const now = Date.parse('2026-01-01T00:00:00Z')
const classify = (request: Partial<FailedRequest>) =>
  classifyModelFailure({ message: 'words', headers: {}, ...request }, now)

/** Error bodies of providers (from public bug reports, shortened), with the status they came with. */
const bodies: readonly (readonly [string, number, unknown, ModelFailure['kind']])[] = [
  // OpenAI
  [
    'OpenAI: wrong key',
    401,
    { error: { message: 'Incorrect API key provided', type: 'invalid_request_error', code: 'invalid_api_key' } },
    'stop-run',
  ],
  [
    'OpenAI: unknown model',
    404,
    { error: { message: 'The model `gpt-9` does not exist', type: 'invalid_request_error', code: 'model_not_found' } },
    'stop-run',
  ],
  [
    'OpenAI: model not allowed for the project',
    403,
    { error: { message: 'Project `p` does not have access to model `m`', code: 'model_not_found' } },
    'stop-run',
  ],
  [
    'OpenAI: country',
    403,
    {
      error: {
        message: 'Country, region, or territory not supported',
        code: 'unsupported_country_region_territory',
        type: 'request_forbidden',
      },
    },
    'stop-run',
  ],
  [
    'OpenAI: rate limit',
    429,
    { error: { message: 'Rate limit reached for gpt-4o', type: 'tokens', code: 'rate_limit_exceeded' } },
    'try-again',
  ],
  [
    'OpenAI: one request above the tokens per minute',
    429,
    {
      error: {
        message: 'Request too large for gpt-4o on tokens per min (TPM): Limit 30000, Requested 34000.',
        type: 'tokens',
        code: 'rate_limit_exceeded',
      },
    },
    'end-sample',
  ],
  [
    'OpenAI: empty account',
    429,
    {
      error: {
        message: 'You exceeded your current quota, please check your plan and billing details.',
        type: 'insufficient_quota',
        param: null,
        code: 'insufficient_quota',
      },
    },
    'stop-run',
  ],
  [
    'OpenAI: prompt too long',
    400,
    {
      error: {
        message: "This model's maximum context length is 8192 tokens. However, your messages resulted in 8227 tokens.",
        type: 'invalid_request_error',
        param: 'messages',
        code: 'context_length_exceeded',
      },
    },
    'end-sample',
  ],
  [
    'OpenAI: parameter that the model does not accept',
    400,
    { error: { message: "Unsupported parameter: 'max_tokens'", param: 'max_tokens', code: 'unsupported_parameter' } },
    'stop-run',
  ],
  ['OpenAI: fault', 500, { error: { message: 'The server had an error', type: 'server_error' } }, 'try-again'],
  // OpenRouter
  ['OpenRouter: wrong key', 401, { error: { message: 'User not found.', code: 401 } }, 'stop-run'],
  [
    'OpenRouter: unknown model',
    400,
    { error: { message: 'healer-alpha is not a valid model ID', code: 400 }, user_id: 'user_1' },
    'stop-run',
  ],
  [
    'OpenRouter: model gone',
    404,
    { error: { message: 'No endpoints found for stepfun/step-3.5-flash:free.', code: 404 }, user_id: 'user_1' },
    'stop-run',
  ],
  [
    'OpenRouter: no credits',
    402,
    {
      error: {
        message: 'Insufficient credits. Add more using https://openrouter.ai/settings/credits',
        code: 402,
        metadata: { limit_source: 'openrouter_credits' },
      },
    },
    'stop-run',
  ],
  [
    'OpenRouter: too few credits',
    402,
    {
      error: {
        message: 'This request requires more credits, or fewer max_tokens. You requested up to 65536 tokens',
        code: 402,
        metadata: { provider_name: null },
      },
    },
    'stop-run',
  ],
  [
    'OpenRouter: limit of the key',
    403,
    {
      error: {
        message: 'Key limit exceeded (monthly limit). Manage it using https://openrouter.ai/settings/keys',
        code: 403,
      },
    },
    'stop-run',
  ],
  [
    'OpenRouter: moderation',
    403,
    {
      error: {
        message: 'anthropic/claude-3.5-sonnet requires moderation on Anthropic. Your input was flagged for "misc".',
        code: 403,
        metadata: { reasons: ['misc'], flagged_input: 'a', provider_name: 'Anthropic' },
      },
    },
    'end-sample',
  ],
  [
    'OpenRouter: prompt too long',
    400,
    {
      error: {
        message: "This endpoint's maximum context length is 40960 tokens. However, you requested about 42988 tokens",
        code: 400,
      },
    },
    'end-sample',
  ],
  [
    'OpenRouter: provider behind it is busy',
    429,
    {
      error: {
        message: 'Provider returned error',
        code: 429,
        metadata: {
          raw: { data: '{"error":{"message":"Rate limit exceeded","type":"rate_limit_exceeded"}}' },
          provider_name: 'SambaNova',
        },
      },
    },
    'try-again',
  ],
  [
    'OpenRouter: free requests per day',
    429,
    {
      error: {
        message: 'Rate limit exceeded: free-models-per-day. Add 10 credits to unlock 1000 free model requests per day',
        code: 429,
        metadata: { headers: { 'X-RateLimit-Remaining': '0' } },
      },
    },
    'stop-run',
  ],
  [
    'OpenRouter: free requests per day, recognised by its code',
    429,
    { error: { message: 'Rate limit exceeded', code: 429, metadata: { limit_source: 'openrouter_free_tier_daily' } } },
    'stop-run',
  ],
  // Gemini, alone and through OpenRouter
  [
    'Gemini: wrong key',
    400,
    [
      {
        error: {
          code: 400,
          message: 'API key not valid. Please pass a valid API key.',
          status: 'INVALID_ARGUMENT',
          details: [{ reason: 'API_KEY_INVALID', domain: 'googleapis.com' }],
        },
      },
    ],
    'stop-run',
  ],
  [
    'Gemini: requests per minute',
    429,
    [
      {
        error: { code: 429, message: 'Resource has been exhausted (e.g. check quota).', status: 'RESOURCE_EXHAUSTED' },
      },
    ],
    'try-again',
  ],
  [
    'Gemini: requests per minute, in the words of an empty account',
    429,
    [
      {
        error: {
          code: 429,
          message: 'You exceeded your current quota, please check your plan and billing details.',
          status: 'RESOURCE_EXHAUSTED',
          details: [{ violations: [{ quotaId: 'GenerateRequestsPerMinutePerProjectPerModel-FreeTier' }] }],
        },
      },
    ],
    'try-again',
  ],
  [
    'Gemini: requests per day',
    429,
    {
      error: {
        message: 'Provider returned error',
        code: 429,
        metadata: {
          raw: `{"error": {"code": 429, "message": "You exceeded your current quota.${' '.repeat(700)}", "details": [{"violations": [{"quotaId": "GenerateRequestsPerDayPerProjectPerModel"}]}]}}`,
          provider_name: 'Google AI Studio',
        },
      },
    },
    'stop-run',
  ],
  [
    'Gemini: a fault in this prompt',
    400,
    {
      error: {
        message: 'Provider returned error',
        code: 400,
        metadata: {
          raw: '{"error": {"code": 400, "message": "Invalid JSON payload received.", "status": "INVALID_ARGUMENT"}}',
          provider_name: 'Google AI Studio',
        },
      },
    },
    'end-sample',
  ],
  // Anthropic, alone and through OpenRouter
  [
    'Anthropic: overloaded',
    529,
    { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } },
    'try-again',
  ],
  [
    'Anthropic: rate limit',
    429,
    { type: 'error', error: { type: 'rate_limit_error', message: "would exceed your account's rate limit" } },
    'try-again',
  ],
  [
    'Anthropic: filter',
    400,
    { type: 'error', error: { type: 'invalid_request_error', message: 'Output blocked by content filtering policy' } },
    'end-sample',
  ],
  [
    'Anthropic: prompt too long',
    400,
    {
      error: {
        message: 'Provider returned error',
        code: 400,
        metadata: {
          raw: '{"type":"error","error":{"type":"invalid_request_error","message":"prompt is too long: 215000 tokens"}}',
          provider_name: 'Anthropic',
        },
      },
    },
    'end-sample',
  ],
  [
    'Anthropic: empty account',
    400,
    {
      error: { type: 'invalid_request_error', message: 'Your credit balance is too low to access the Anthropic API.' },
    },
    'stop-run',
  ],
  // vLLM
  [
    'vLLM: prompt too long',
    400,
    {
      error: {
        message:
          "You passed 1015 input tokens and requested 10 output tokens. However, the model's context length is …",
        type: 'BadRequestError',
        param: 'input_tokens',
        code: 400,
      },
    },
    'end-sample',
  ],
  [
    'vLLM: no room for an answer',
    400,
    { object: 'error', message: 'max_tokens must be at least 1, got -186.', type: 'BadRequestError', code: 400 },
    'end-sample',
  ],
  [
    'vLLM: unknown model',
    404,
    { object: 'error', message: 'The model `m` does not exist.', type: 'NotFoundError', code: 404 },
    'stop-run',
  ],
  ['vLLM: wrong path', 404, { detail: 'Not Found' }, 'stop-run'],
  ['vLLM: wrong key', 401, { error: 'Unauthorized' }, 'stop-run'],
  // llama.cpp
  [
    'llama.cpp: loading',
    503,
    { error: { code: 503, message: 'Loading model', type: 'unavailable_error' } },
    'try-again',
  ],
  [
    'llama.cpp: prompt too long',
    400,
    {
      error: {
        code: 400,
        message: 'request (4390 tokens) exceeds the available context size (4096 tokens), try increasing it',
        type: 'exceed_context_size_error',
      },
    },
    'end-sample',
  ],
  [
    'llama.cpp: context used up',
    500,
    { error: { code: 500, message: 'Context size has been exceeded.', type: 'server_error' } },
    'end-sample',
  ],
  // Ollama
  [
    'Ollama: unknown model',
    404,
    { error: { message: 'model "m" not found, try pulling it first', type: 'api_error', param: null, code: null } },
    'stop-run',
  ],
  [
    'Ollama: model larger than the machine',
    500,
    { error: { message: 'model requires more system memory (9 GiB) than is available (4 GiB)', type: 'api_error' } },
    'stop-run',
  ],
  // What is in front of a server
  ['a proxy: no server behind it', 502, '<html><head><title>502 Bad Gateway</title></head></html>', 'try-again'],
  ['a proxy: too large', 413, '<html><h1>413 Request Entity Too Large</h1></html>', 'end-sample'],
  ['nothing at all', 503, '', 'try-again'],
]

describe('classifyModelFailure', () => {
  test.each(bodies)('%s', (_, status, body, kind) => {
    expect(classify({ status, ...describeErrorBody(body, status) }).kind).toBe(kind)
  })

  test.each([
    ['no reply at all', {}, 'try-again'],
    ['a time-out', { code: 'timeout' }, 'try-again'],
    ['a refused connection', { code: 'ECONNREFUSED' }, 'try-again'],
    ['an invalid address', { code: 'ERR_INVALID_URL' }, 'stop-run'],
    ['a key that is not set', { code: 'missing_api_key' }, 'stop-run'],
    ['408', { status: 408 }, 'try-again'],
    ['409', { status: 409 }, 'try-again'],
    ['429', { status: 429 }, 'try-again'],
    ['500', { status: 500 }, 'try-again'],
    ['400', { status: 400 }, 'end-sample'],
    ['403', { status: 403 }, 'end-sample'],
    ['413', { status: 413 }, 'end-sample'],
    ['422', { status: 422 }, 'end-sample'],
    ['301', { status: 301 }, 'stop-run'],
    ['401', { status: 401 }, 'stop-run'],
    ['402', { status: 402 }, 'stop-run'],
    ['402 while others are in flight', { status: 402, headers: { 'retry-after': '3' } }, 'try-again'],
    ['404', { status: 404 }, 'stop-run'],
    ['a broken reply', { status: 200, reply: 'broken' }, 'try-again'],
    ['an empty reply', { status: 200, reply: 'empty' }, 'try-again'],
    ['an error after HTTP 200', { status: 200, reply: 'error-body' }, 'try-again'],
    ['a server error after HTTP 200', { status: 502, reply: 'error-body' }, 'try-again'],
    ['a wrong key after HTTP 200 that is not ours', { status: 401, reply: 'error-body' }, 'try-again'],
    ['a bad prompt after HTTP 200', { status: 400, reply: 'error-body' }, 'end-sample'],
    ['moderation after HTTP 200', { status: 403, reply: 'error-body' }, 'end-sample'],
    ['an empty account after HTTP 200', { status: 402, reply: 'error-body' }, 'stop-run'],
  ] as const)('%s', (_, request, kind) => {
    expect(classify(request).kind).toBe(kind)
  })

  test('tells a rate limit, which affects all requests, from other failures', () => {
    const because = (request: Partial<FailedRequest>) => classify(request)
    expect(because({ status: 429 })).toMatchObject({ because: 'rate-limit' })
    expect(because({ status: 503 })).toMatchObject({ because: 'server-error' })
    expect(because({})).toMatchObject({ because: 'no-reply' })
    expect(because({ status: 200, reply: 'empty' })).toMatchObject({ because: 'empty-reply' })
  })

  test.each([
    ['milliseconds', { 'retry-after-ms': '1500', 'retry-after': '60' }, 1500],
    ['seconds', { 'retry-after': '2' }, 2000],
    ['a date', { 'retry-after': 'Thu, 01 Jan 2026 00:00:05 GMT' }, 5000],
    ['a date in the past', { 'retry-after': 'Wed, 31 Dec 2025 00:00:00 GMT' }, undefined],
    ['an unreasonable length', { 'retry-after': '86400' }, undefined],
    ['nonsense', { 'retry-after': 'soon' }, undefined],
  ])('a pause given as %s', (_, headers, afterMs) => {
    expect(classify({ status: 429, headers })).toEqual({
      kind: 'try-again',
      because: 'rate-limit',
      reason: '429: words',
      ...(afterMs !== undefined && { afterMs }),
    })
  })
})

test('a failure says that no key was sent when the provider blames the key, and only then', () => {
  const refused = { status: 401, message: 'Incorrect API key' }
  expect(classify({ ...refused, keyless: true }).reason).toMatch(
    /^401: Incorrect API key\. No key was sent: .* --base-url\. .* baseUrl and apiKeyVariable into arcloom\.models\.json\.$/,
  )
  expect(classify(refused).reason).toBe('401: Incorrect API key')
  expect(classify({ status: 500, keyless: true }).reason).toBe('500: words')
})
