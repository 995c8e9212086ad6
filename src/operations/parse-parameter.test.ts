import { describe, expect, test } from '@jest/globals'
import { parseParameter } from './parse-parameter.ts'

const refusal = (text: string, before = {}): string => {
  try {
    return `accepted: ${JSON.stringify(parseParameter(text, before))}`
  } catch (error) {
    return (error as Error).message
  }
}

describe('--param', () => {
  test.each([
    ['top_p=0.9', { top_p: 0.9 }],
    ['service_tier="flex"', { service_tier: 'flex' }],
    ['stop=["=", "a=b"]', { stop: ['=', 'a=b'] }],
    ['logit_bias = null', { logit_bias: null }],
    ['provider={"sort": "price"}', { provider: { sort: 'price' } }],
    ['{"top_p": 0.9, "store": false}', { top_p: 0.9, store: false }],
    ['{}', {}],
  ])('reads %s', (text, fields) => expect(parseParameter(text)).toEqual(fields))

  test('adds to what earlier ones gave', () =>
    expect(parseParameter('top_p=1', parseParameter('store=false'))).toEqual({ store: false, top_p: 1 }))

  test.each([
    ['top_p', 'name=JSON'],
    ['', 'name=JSON'],
    ['service_tier=flex', `'service_tier="flex"'`],
    ['top_p=', 'a value in JSON after the equals sign'],
    ['top_p={"a"', 'a value in JSON'],
    ['{"top_p": 0.9', 'not JSON'],
    ['=1', 'the name of a field'],
    ['reasoning.effort="high"', `'reasoning={"effort": …}'`],
    ['__proto__={"a": 1}', 'the name of a field'],
    ['{"__proto__": 1}', 'the name of a field'],
    ['top_p=1e999', 'a number that JSON cannot hold'],
    [`deep=${'['.repeat(200)}${']'.repeat(200)}`, 'nested too deeply'],
    [`long="${'x'.repeat(100_001)}"`, 'longer than 100,000 characters'],
  ])('refuses %.40s and says what is allowed', (text, words) => expect(refusal(text)).toContain(words))

  test('refuses a field that was given before', () =>
    expect(refusal('top_p=1', { top_p: 0.5 })).toContain('top_p was given before'))
})
