import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { readMessage } from './read-message.ts'

const read = (message: object, choice: object = {}) =>
  readMessage({ choices: [{ message, finish_reason: 'stop', ...choice }] })

describe('the text is', () => {
  test.each<[string, unknown, string]>([
    ['the content', 'It is.', 'It is.'],
    [
      'parts of text',
      [
        { type: 'text', text: 'It ' },
        { type: 'output_text', text: 'is.' },
      ],
      'It is.',
    ],
    ['a list of strings', ['It ', 'is.'], 'It is.'],
    ['strings and parts', ['It ', { text: 'is.' }], 'It is.'],
    ['a single part', { type: 'text', text: 'It is.' }, 'It is.'],
    [
      'parts of text, without those of thinking',
      [
        { type: 'thinking', thinking: 'Hm.' },
        { type: 'text', text: 'It is.' },
      ],
      'It is.',
    ],
    ['nothing', null, ''],
    ['nothing for a number', 7, ''],
  ])('%s', (_, content, text) => expect(read({ content }).text).toBe(text))
})

describe('the reasoning is', () => {
  test.each<[string, object]>([
    ['the field of OpenRouter', { reasoning: 'Hm. So.' }],
    ['the field of DeepSeek', { reasoning_content: 'Hm. So.' }],
    ['the field of DeepSeek beside an empty one', { reasoning: '', reasoning_content: 'Hm. So.' }],
    ['the field of DeepSeek beside null', { reasoning: null, reasoning_content: 'Hm. So.' }],
    ['the field of Ollama', { thinking: 'Hm. So.' }],
    [
      'the details of OpenRouter',
      {
        reasoning: '',
        reasoning_details: [
          { type: 'reasoning.text', text: 'Hm. ' },
          { type: 'reasoning.summary', summary: 'So.' },
          { type: 'reasoning.encrypted', data: 'gA==' },
        ],
      },
    ],
    ['the blocks of LiteLLM', { thinking_blocks: [{ type: 'thinking', thinking: 'Hm. So.', signature: 'x' }] }],
    [
      'Anthropic’s thinking in the content',
      {
        content: [
          { type: 'thinking', thinking: 'Hm. So.' },
          { type: 'text', text: 'It is.' },
        ],
      },
    ],
    [
      'Mistral’s thinking in the content',
      {
        content: [
          {
            type: 'thinking',
            thinking: [
              { type: 'text', text: 'Hm. ' },
              { type: 'text', text: 'So.' },
            ],
          },
          { type: 'text', text: 'It is.' },
        ],
      },
    ],
    ['Gemini’s thoughts in the content', { content: [{ thought: true, text: 'Hm. So.' }, { text: 'It is.' }] }],
    [
      'a reasoning part with a summary',
      { content: [{ type: 'reasoning', summary: [{ type: 'summary_text', text: 'Hm. So.' }] }] },
    ],
  ])('%s', (_, message) => {
    expect(read(message)).toMatchObject({ reasoning: 'Hm. So.' })
    expect(read(message).text).not.toContain('Hm.')
  })

  test('absent when every field is empty', () => {
    expect(read({ content: 'x', reasoning: '', reasoning_content: ' ', reasoning_details: [] })).not.toHaveProperty(
      'reasoning',
    )
  })
})

test('a refusal may be a field or a part', () => {
  expect(read({ refusal: 'No.' })).toMatchObject({ refusal: 'No.' })
  expect(read({ content: [{ type: 'refusal', refusal: 'No.' }] })).toMatchObject({ refusal: 'No.', text: '' })
})

test("the finish reason is the provider's own word", () => {
  expect(read({}, { finish_reason: 'MAX_TOKENS' }).finishReason).toBe('MAX_TOKENS')
  expect(read({}, { finish_reason: null, native_finish_reason: 'max_tokens' }).finishReason).toBe('max_tokens')
  expect(read({}, { finish_reason: null }).finishReason).toBe('unknown')
})

test('a limit that the provider behind reached is not hidden by `stop`', () => {
  expect(read({}, { native_finish_reason: 'MAX_TOKENS' }).finishReason).toBe('MAX_TOKENS')
  expect(read({}, { native_finish_reason: 'end_turn' }).finishReason).toBe('stop')
  expect(read({}, { finish_reason: 'length', native_finish_reason: 'max_tokens' }).finishReason).toBe('length')
})

test('reading a message never throws, whatever the body is', () => {
  fc.assert(
    fc.property(fc.anything(), (anything) => {
      expect(typeof readMessage(anything).text).toBe('string')
      expect(typeof read({ content: anything, reasoning_details: anything }).text).toBe('string')
    }),
  )
})
