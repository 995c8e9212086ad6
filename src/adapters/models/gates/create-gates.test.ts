import { expect, test } from '@jest/globals'
import type { Model } from '../../../domain/models/model-spec.ts'
import { createGates } from './create-gates.ts'

const model: Model = {
  key: 'A',
  provider: 'openrouter',
  id: 'a',
  baseUrl: 'http://127.0.0.1:1/v1',
  limits: { concurrentRequests: 1 },
  defaults: {},
  username: 'a',
}
const enter = (gateOf: (model: Model) => { enter(signal: AbortSignal): unknown }, which: Model) =>
  void gateOf(which).enter(new AbortController().signal)

test('a model has one gate, however often it is requested', () => {
  const gateOf = createGates()
  for (let count = 0; count < 3; count += 1) enter(gateOf, { ...model })
  expect(gateOf(model).state.inside).toBe(1)
  expect(gateOf(model).waiting).toBe(2)
})

test('a limit set for a provider covers its models at one address and key, and nothing else', () => {
  const gateOf = createGates()
  const limited = { ...model, limits: {}, providerLimits: { concurrentRequests: 2 } }
  for (const id of ['a', 'b', 'c']) enter(gateOf, { ...limited, id })
  expect(gateOf({ ...limited, id: 'c' }).waiting).toBe(1)
  const elsewhere = { ...limited, id: 'c', baseUrl: 'http://127.0.0.1:2/v1' }
  enter(gateOf, elsewhere)
  const otherKey = { ...limited, id: 'c', apiKeyVariable: 'OTHER_KEY' }
  enter(gateOf, otherKey)
  expect(gateOf(elsewhere).waiting + gateOf(otherKey).waiting).toBe(0)
})
