import { describe, expect, test } from '@jest/globals'
import type { Model } from '../domain/models/model-spec.ts'
import { UsageError } from '../domain/usage-error.ts'
import { readParameters } from './read-parameters.ts'

const router: Model = {
  key: 'CODER',
  provider: 'openrouter',
  id: 'a/model',
  baseUrl: 'https://openrouter.ai/api/v1',
  limits: {},
  defaults: {},
  username: 'model',
}
const claude: Model = { ...router, key: 'CLAUDE', provider: 'anthropic' }

describe('the further fields of a request', () => {
  test('are none without flags', () => expect(readParameters(router, {}, {})).toBeUndefined())

  test('are the registry’s, those of --param in their place, and the hosts’ added to them', () => {
    const model = {
      ...router,
      parameters: { top_p: 0.5, min_p: 0.1, provider: { data_collection: 'deny', only: ['x'] } },
    }
    const flags = { param: { top_p: 0.9 }, providerOnly: ['azure'], fallbacks: false, quantizations: ['fp8'] }
    expect(readParameters(model, {}, flags)).toEqual({
      top_p: 0.9,
      min_p: 0.1,
      provider: { data_collection: 'deny', only: ['azure'], allow_fallbacks: false, quantizations: ['fp8'] },
    })
    expect(readParameters(router, {}, { providerOrder: ['b', 'a'] })).toEqual({ provider: { order: ['b', 'a'] } })
  })

  test('may be thinking for Claude, unless --reasoning-effort already asks for it', () => {
    const param = { thinking: { type: 'disabled' } }
    expect(readParameters(claude, {}, { param })).toEqual(param)
    expect(() => readParameters(claude, { reasoningEffort: 'low' }, { param })).toThrow(/thinking: Arcloom sends/)
  })

  test('may be reasoning at OpenRouter, unless there is an effort as well', () => {
    const param = { reasoning: { max_tokens: 2000 } }
    expect(readParameters(router, {}, { param })).toEqual(param)
    expect(() => readParameters(router, { reasoningEffort: 'low' }, { param })).toThrow(/leave out --reasoning-effort/)
    expect(() => readParameters({ ...router, defaults: { reasoningEffort: 'low' } }, {}, { param })).toThrow(UsageError)
  })

  test.each([
    ['temperature', 'use --temperature'],
    ['max_tokens', 'use --max-tokens'],
    ['max_completion_tokens', 'use --max-tokens'],
    ['model', 'use --model'],
    ['messages', 'the recipe writes them'],
    ['stream', 'Arcloom decides how a reply is sent'],
    ['n', 'use --best-of'],
    ['seed', 'use --seed'],
    ['usage', 'Arcloom always asks for it'],
    ['models', '--model is repeatable'],
  ])('are never %s, which Arcloom sends itself', (field, advice) =>
    expect(() => readParameters(router, {}, { param: { [field]: 1 } })).toThrow(
      new RegExp(`--param ${field}: Arcloom sends this field itself; .*${advice}`),
    ),
  )

  test('are no hosts where there is only one', () =>
    expect(() => readParameters(claude, {}, { fallbacks: false })).toThrow(
      /--no-fallbacks chooses among the hosts of OpenRouter; CLAUDE is asked at https:/,
    ))

  test('name a host in one place, and none that is left out', () => {
    const param = { provider: { only: ['a'] } }
    expect(() => readParameters(router, {}, { param, providerOnly: ['b'] })).toThrow(/it holds "only"/)
    expect(() => readParameters(router, {}, { providerOnly: ['b'], providerOrder: ['a'] })).toThrow(/names a, which/)
  })
})
