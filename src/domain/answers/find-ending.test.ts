import { expect, test } from '@jest/globals'
import { findEnding } from './find-ending.ts'

test.each([
  ['stop', undefined],
  ['end_turn', undefined],
  ['STOP', undefined],
  ['eos_token', undefined],
  ['COMPLETE', undefined],
  ['unknown', undefined],
  ['length', 'truncated'],
  ['MAX_TOKENS', 'truncated'],
  ['max_tokens', 'truncated'],
  ['model_length', 'truncated'],
  ['model_context_window_exceeded', 'truncated'],
  ['insufficient_system_resource', 'truncated'],
  ['content_filter', 'refused'],
  ['SAFETY', 'refused'],
  ['PROHIBITED_CONTENT', 'refused'],
  ['refusal', 'refused'],
])('a reply that ended with %s', (finishReason, ending) => expect(findEnding({ finishReason })).toBe(ending))

test('the refusal field counts, whatever the finish reason is', () =>
  expect(findEnding({ finishReason: 'stop', refusal: 'No.' })).toBe('refused'))
