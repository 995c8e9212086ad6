import { readFile } from 'node:fs/promises'
import { describe, expect, test } from '@jest/globals'
import { findEnding } from '../answers/find-ending.ts'
import { explainAddress } from '../models/explain-address.ts'
import { classifyModelFailure } from '../models/model-failure.ts'
import { anthropic } from './anthropic.ts'

/** Replies as shown in Anthropic's documentation and in users' reports. */
async function readFixture(name: string): Promise<unknown> {
  return JSON.parse(await readFile(new URL(`fixtures/anthropic/${name}.json`, import.meta.url), 'utf8'))
}

describe('a request', () => {
  const { renderParameters, renderRequest } = anthropic

  test('has the system prompt apart, marked for the cache, and the rest as messages', () => {
    const { body, headers } = renderRequest({
      modelId: 'claude',
      sampling: { maxTokens: 9, temperature: 0, seed: 7 },
      messages: [
        { role: 'system', content: 'You solve.' },
        { role: 'user', content: 'a' },
        { role: 'assistant', content: 'b' },
        { role: 'user', content: 'c' },
      ],
    })
    expect(body).toEqual({
      model: 'claude',
      max_tokens: 9,
      temperature: 0,
      system: [{ type: 'text', text: 'You solve.', cache_control: { type: 'ephemeral' } }],
      messages: [
        { role: 'user', content: 'a' },
        { role: 'assistant', content: 'b' },
        { role: 'user', content: 'c' },
      ],
    })
    expect(headers).toEqual({ 'anthropic-version': '2023-06-01' })
  })

  test.each([
    [{}, { max_tokens: 32_000 }],
    [
      { reasoningEffort: 'high' },
      {
        max_tokens: 32_000,
        thinking: { type: 'adaptive', display: 'summarized' },
        output_config: { effort: 'high' },
      },
    ],
    [{ reasoningEffort: '8000' }, { max_tokens: 40_000, thinking: { type: 'enabled', budget_tokens: 8_000 } }],
    [
      { reasoningEffort: '8000', maxTokens: 9_000 },
      { max_tokens: 9_000, thinking: { type: 'enabled', budget_tokens: 8_000 } },
    ],
  ])('with %j says %j', (sampling, parameters) => {
    expect(renderParameters({ modelId: 'claude', sampling })).toEqual({ model: 'claude', ...parameters })
  })
})

describe('a reply', () => {
  test.each([
    ['message', { text: "Here's the answer to your question...", finishReason: 'end_turn' }, undefined],
    [
      'thinking',
      {
        text: 'The answer is 42.',
        reasoning: 'Let me reason through this step by step...',
        finishReason: 'end_turn',
      },
      undefined,
    ],
    ['max-tokens', { text: 'Quantum physics is the study of', finishReason: 'max_tokens' }, 'truncated'],
    ['pause-turn', { text: 'Let me look further.', finishReason: 'pause_turn' }, 'truncated'],
    ['refusal', { text: '', refusal: 'This request was declined.', finishReason: 'refusal' }, 'refused'],
  ])('%s', async (name, reply, ending) => {
    const body = await readFixture(name)
    expect(anthropic.holdsMessage(body)).toBe(true)
    expect(anthropic.readReply(body)).toEqual(reply)
    expect(findEnding(anthropic.readReply(body))).toBe(ending)
  })

  test('counts the tokens past the cache, into it and out of it', async () => {
    const { usage } = anthropic.readPayment(await readFixture('thinking'))
    expect(usage).toEqual({ promptTokens: 1820, completionTokens: 700, cacheReadTokens: 300, cacheWriteTokens: 1500 })
  })

  test.each([[{}], [{ input_tokens: 1, cache_read_input_tokens: -1 }], [{ input_tokens: '1' }]])(
    'has unknown token counts when it says %j',
    (usage) => expect(anthropic.readPayment({ usage }).usage.promptTokens).toBeNull(),
  )
})

describe('a failure', () => {
  test.each([
    ['overloaded', 529, 'try-again'],
    ['api-error', 500, 'try-again'],
    ['rate-limit', 429, 'try-again'],
    ['spend-cap', 429, 'stop-run'],
    ['spend-limit', 400, 'stop-run'],
    ['credit-balance', 400, 'stop-run'],
    ['billing', 402, 'stop-run'],
    ['authentication', 401, 'stop-run'],
    ['permission', 403, 'stop-run'],
    ['unknown-model', 404, 'stop-run'],
    ['request-too-large', 413, 'end-sample'],
    ['prompt-too-long', 400, 'end-sample'],
  ])('%s with status %i means %s', async (name, status, kind) => {
    const failed = { status, headers: {}, ...anthropic.describeFailure(await readFixture(name), status) }
    expect(classifyModelFailure(failed, 0).kind).toBe(kind)
  })

  test('is found when it comes with status 200', async () => {
    const body = await readFixture('overloaded')
    expect(anthropic.findError(body)).toMatchObject({ type: 'overloaded_error' })
    expect(anthropic.holdsMessage(body)).toBe(false)
  })

  test('says which address to write when the base URL lacks its version', () => {
    const failed = { status: 404, message: 'Not Found', headers: {}, address: 'https://a.example/messages' }
    expect(explainAddress({ ...failed, path: '/messages' })).toContain('write https://a.example/v1 ')
  })

  test('about an unknown model does not blame the address', async () => {
    const described = anthropic.describeFailure(await readFixture('unknown-model'), 404)
    const failed = { status: 404, headers: {}, address: 'https://a.example/messages', path: '/messages' }
    expect(explainAddress({ ...failed, ...described })).not.toContain('base URL')
  })
})
