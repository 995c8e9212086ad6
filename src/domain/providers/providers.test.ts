import { describe, expect, test } from '@jest/globals'
import { hashJson } from '../../adapters/files/hash.ts'
import { keyMaterial } from '../answers/answer.ts'
import { findProvider, providerNames } from './providers.ts'

const question = { item: 'a-0', sample: 1, round: 1, test_pair: null, previous: null }
const messages = [
  { role: 'system', content: 'You solve.' },
  { role: 'user', content: 'a b c' },
] as const
const sampling = { temperature: 0.5, maxTokens: 100, reasoningEffort: 'low', seed: 7 }

/** A change here makes every stored answer of the provider unknown, so that all are paid for again. */
const keys = [
  ['openrouter', '12478d499c5b373562d57c01476e5c801d46f5d114c1588371bda314f442e4d7'],
  ['openai', '82bb8e0515795b9fad97342b57df61f4482546099e2b67e37f791720c5d474e3'],
  ['anthropic', 'af108335a24171b3ffb35098b0ce96b7ce0001a753665d95afb39772e1240b87'],
  ['local', '076b3e84376785fd068a5c19ef4e66f9e617ce6d64f669e08c0626e6c272123f'],
  ['baseline', '076b3e84376785fd068a5c19ef4e66f9e617ce6d64f669e08c0626e6c272123f'],
] as const

test.each(keys)('the key of an answer of %s never changes', (name, key) => {
  const parameters = findProvider(name).renderParameters({ modelId: 'a/model', sampling })
  expect(hashJson(keyMaterial(question, messages, parameters))).toBe(key)
})

test.each(keys)(
  'the key of an answer of %s covers further fields, in any order, and only if there are some',
  (name, key) => {
    const { renderParameters } = findProvider(name)
    const keyOf = (parameters: Record<string, unknown>) => {
      const rendered = renderParameters({ modelId: 'a/model', sampling: { ...sampling, parameters } })
      return hashJson(keyMaterial(question, messages, rendered))
    }
    expect(keyOf({})).toBe(key)
    expect(keyOf({ top_p: 0.9, top_k: 5 })).not.toBe(key)
    expect(keyOf({ top_p: 0.9, top_k: 5 })).toBe(keyOf({ top_k: 5, top_p: 0.9 }))
  },
)

describe('findProvider', () => {
  test('has a provider for every name', () => {
    for (const name of providerNames) expect(findProvider(name).name).toBe(name)
  })

  test('lists the known ones when a later version has more', () => {
    expect(() => findProvider('later' as never)).toThrow(/no provider "later".*openrouter/)
  })
})

describe.each(providerNames.map(findProvider))('$name', (provider) => {
  test('sends further fields, none of which replaces its own', () => {
    const parameters = { top_p: 0.9, model: 'another' }
    const { body } = provider.renderRequest({ modelId: 'a/model', sampling: { ...sampling, parameters }, messages })
    expect(body).toMatchObject({ top_p: 0.9, model: 'a/model' })
  })

  test('lets nobody else set what it always sends', () => {
    const { body } = provider.renderRequest({ modelId: 'a/model', sampling, messages })
    const dependent = ['thinking', 'output_config', 'usage']
    const fields = Object.keys(body).filter((field) => !dependent.includes(field))
    expect(Object.keys(provider.ownFields)).toEqual(expect.arrayContaining(fields))
  })

  test('sends its parameters as they are in the key, with the messages', () => {
    const { body } = provider.renderRequest({ modelId: 'a/model', sampling, messages })
    expect(body).toMatchObject(provider.renderParameters({ modelId: 'a/model', sampling }))
    expect(JSON.stringify(body)).toContain('a b c')
  })

  test.each([null, undefined, 1, 'x', [], {}, { choices: 1 }, { content: 1, usage: [] }, { error: { details: 1 } }])(
    'reads %j without throwing, and finds nothing in it',
    (body) => {
      expect(provider.readReply(body).text).toBe('')
      expect(provider.holdsMessage(body)).toBe(false)
      expect(provider.readPayment(body).usage).toMatchObject({ promptTokens: null, completionTokens: null })
      expect(provider.readServed(body)).toEqual({ model: null, host: null })
      expect(typeof provider.describeFailure(body, 500).message).toBe('string')
    },
  )
})
