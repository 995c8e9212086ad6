import { describe, expect, test } from '@jest/globals'
import { findReasoningFlaw } from './find-reasoning-flaw.ts'

describe('findReasoningFlaw', () => {
  test.each([
    'ERROR: Failed to get reasoning.',
    'ERROR: Exception during task processing loop: 429',
    'ERROR_GENERATION_FAILED',
    'Error: connection reset',
    "Error code: 429 - {'error': {'message': 'Rate limit exceeded'}}",
    'Error during API call',
    'An error occurred while generating the response.',
    'openai.RateLimitError: Error code: 429',
    'TimeoutError: ',
    'Traceback (most recent call last):\n  File "x"',
    'Rate limit exceeded, please try again in 20s.',
    'You exceeded your current quota, please check your plan and billing details.',
    '429 Too Many Requests',
    'HTTP 503',
    '503 Server Error: Service Unavailable for url',
    '{"error": {"code": 502}}',
    ' \n Error: indented',
  ])('takes %j as an error', (text) => {
    expect(findReasoningFlaw(text)).toBe('error text')
  })

  test.each([
    'The rule: each object moves right until it meets a wall.',
    'Errors in a pattern are repaired: the tile is repeated.',
    'Error in one tile: it is repaired from its mirror image.',
    'An error in the pattern is marked.',
    'Error-free tiles repeat; the one with an error is marked.',
    '429 cells are blue. The rest is black.',
    'Exceptionally large objects are recoloured.',
    `The grid looks overloaded with symbols. ${'The rule repeats. '.repeat(30)}`,
  ])('takes %j as reasoning', (text) => {
    expect(findReasoningFlaw(text)).toBeUndefined()
  })

  test.each([
    [null, undefined, 'no reasoning'],
    [' \n', 'answered', 'no reasoning'],
    ['Half of a tho', 'truncated', 'truncated'],
    ['I cannot do that.', 'refused', 'refused'],
    ['', 'rejected', 'rejected'],
    ['The rule, though without a program.', 'unparseable', undefined],
  ])('for %j with the outcome %j says %j', (text, outcome, flaw) => {
    expect(findReasoningFlaw(text, outcome)).toBe(flaw)
  })
})
