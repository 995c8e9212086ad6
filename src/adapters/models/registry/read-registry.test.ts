import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { UnknownModel } from './find-model.ts'
import { findModel, readRegistry } from './read-registry.ts'
import { registrySchema } from './registry-schema.ts'

const root = new URL('../../../..', import.meta.url).pathname
let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'arcloom-registry-'))
  await copyFile(join(root, 'models.json'), join(folder, 'models.json'))
})
afterEach(() => rm(folder, { recursive: true }))

const writeOwn = (content: unknown) =>
  writeFile(join(folder, 'arcloom.models.json'), typeof content === 'string' ? content : JSON.stringify(content))

describe('the shipped registry', () => {
  test('has the well-known keys, and the free baseline', async () => {
    const registry = await readRegistry(folder)
    for (const key of ['CLAUDE', 'GEMINI_PRO', 'GEMINI_FLASH', 'GPT', 'CODER', 'PHI', 'QWEN']) {
      expect(findModel(registry, key)).toMatchObject({ provider: 'openrouter', apiKeyVariable: 'OPENROUTER_API_KEY' })
    }
    for (const [index, key] of ['LOCAL_0', 'LOCAL_1', 'LOCAL_2'].entries()) {
      expect(findModel(registry, key).baseUrl).toBe(`http://127.0.0.1:${8000 + index}/v1`)
      expect(findModel(registry, key).apiKeyVariable).toBeUndefined()
    }
    expect(findModel(registry, 'BASELINE')).toMatchObject({
      provider: 'baseline',
      id: 'arcloom-baseline',
      prices: { promptUsdPerMillion: 0, completionUsdPerMillion: 0 },
    })
  })
})

describe('a user’s own models', () => {
  const entry = { provider: 'local', id: 'mine' }

  test('are added to the shipped ones, and win over those with the same key', async () => {
    await writeOwn({ MINE: { ...entry, baseUrl: 'http://box:9/v1', limits: { concurrentRequests: 4 } }, GPT: entry })
    const registry = await readRegistry(folder)
    expect(findModel(registry, 'MINE')).toMatchObject({ baseUrl: 'http://box:9/v1', username: 'mine' })
    expect(findModel(registry, 'GPT')).toMatchObject({ key: 'GPT', provider: 'local', id: 'mine' })
    expect(findModel(registry, 'PHI').provider).toBe('openrouter')
  })

  test('may have several servers, of which the first is its address', async () => {
    const baseUrls = ['http://a:1/v1', 'http://b:2/v1']
    await writeOwn({ MINE: { ...entry, baseUrls } })
    expect(findModel(await readRegistry(folder), 'MINE')).toMatchObject({ baseUrl: 'http://a:1/v1', baseUrls })
  })

  test.each<[string, unknown, string, string]>([
    ['is not JSON', '{', '', 'not JSON'],
    ['is a list', [entry], '', 'must be an object of models by key'],
    [
      'has an unknown provider',
      { MINE: { ...entry, provider: 'azure' } },
      'MINE.provider',
      'openrouter, openai, anthropic, local',
    ],
    ['has no id', { MINE: { provider: 'local' } }, 'MINE.id', 'it is missing'],
    ['has no server', { MINE: { ...entry, baseUrls: [] } }, 'MINE.baseUrls', 'must be a list of addresses'],
    ['has a server twice', { MINE: { ...entry, baseUrls: ['http://a/v1', 'http://a/v1'] } }, 'MINE.baseUrls', 'twice'],
    ['has no address', { MINE: { ...entry, baseUrls: ['box'] } }, 'MINE.baseUrls[0]', 'an http or https address'],
    [
      'has one address and several',
      { MINE: { ...entry, baseUrl: 'http://a/v1', baseUrls: ['http://b/v1'] } },
      'MINE.baseUrls',
      'give one of the two',
    ],
    [
      'has several addresses of a provider that has one',
      { MINE: { ...entry, provider: 'openai', baseUrls: ['http://b/v1'] } },
      'MINE.baseUrls',
      'for local models',
    ],
    ['has parameters in a list', { MINE: { ...entry, parameters: [] } }, 'MINE.parameters', 'such as {"top_p": 0.9}'],
    [
      'has a parameter that Arcloom sends itself',
      { MINE: { ...entry, parameters: { max_tokens: 5 } } },
      'MINE.parameters',
      'use --max-tokens, or defaults.maxTokens of the model',
    ],
    ['has a misspelt field', { MINE: { ...entry, price: {} } }, 'MINE', 'price'],
    ['has an invalid address', { MINE: { ...entry, baseUrl: 'box:9' } }, 'MINE.baseUrl', 'found "box:9"'],
    [
      'has a limit of 0',
      { MINE: { ...entry, limits: { requestsPerMinute: 0 } } },
      'MINE.limits.requestsPerMinute',
      '0',
    ],
    [
      'has prices without a date',
      { MINE: { ...entry, prices: { promptUsdPerMillion: 1, completionUsdPerMillion: 1 } } },
      'MINE.prices.asOf',
      'date',
    ],
    ['limits an unknown provider', { providers: { azure: { limits: {} } } }, 'providers', 'openrouter, openai'],
    [
      'has a misspelt limit',
      { providers: { openai: { limits: { requestPerMinute: 5 } } } },
      'providers.openai.limits',
      'requestPerMinute',
    ],
    ['has a slash in a key', { 'local/x': entry }, '["local/x"]', 'a key may have letters'],
  ])('are refused when the file %s', async (_, content, place, words) => {
    await writeOwn(content)
    const file = join(folder, 'arcloom.models.json')
    await expect(readRegistry(folder)).rejects.toMatchObject({ file, place, message: expect.stringContaining(words) })
  })

  test('have the limits of their provider as well as their own, even without an entry', async () => {
    const limits = { concurrentRequests: 50, requestsPerMinute: 500 }
    await writeOwn({ providers: { openrouter: { limits } }, MINE: { ...entry, limits: { concurrentRequests: 4 } } })
    const registry = await readRegistry(folder)
    expect(findModel(registry, 'GPT')).toMatchObject({ limits: {}, providerLimits: limits })
    expect(findModel(registry, 'openrouter/some/model')).toMatchObject({ limits: {}, providerLimits: limits })
    expect(findModel(registry, 'MINE')).toMatchObject({ limits: { concurrentRequests: 4 } })
    expect(findModel(registry, 'MINE').providerLimits).toBeUndefined()
  })

  test('that contain the key itself are refused without showing it', async () => {
    await writeOwn({ MINE: { ...entry, apiKeyVariable: 'sk-or-v1-secret' } })
    const refused = readRegistry(folder)
    await expect(refused).rejects.toThrow('the name of an environment variable')
    await expect(refused).rejects.not.toThrow('secret')
  })
})

describe('findModel', () => {
  test.each([
    ['openrouter/google/gemini-3-pro:free', 'openrouter', 'google/gemini-3-pro:free', 'gemini-3-pro'],
    ['openai/gpt-9', 'openai', 'gpt-9', 'gpt-9'],
    ['local/my-model', 'local', 'my-model', 'my-model'],
  ])('needs no entry for %s', async (name, provider, id, username) => {
    expect(findModel(await readRegistry(folder), name)).toMatchObject({ key: name, provider, id, username })
  })

  test('uses the entry of a model that has one', async () => {
    const registry = await readRegistry(folder)
    expect(findModel(registry, 'openai/gpt-6.1-sol')).toBe(findModel(registry, 'OPENAI_GPT_SOL'))
  })

  test.each([
    ['GEMINI_FLSH', 'Did you mean GEMINI_FLASH?'],
    ['baseline', 'Did you mean BASELINE?'],
    ['gemini', 'Did you mean GEMINI_PRO or GEMINI_FLASH?'],
    ['LOCAL_7', 'Did you mean LOCAL_0 or LOCAL_1 or LOCAL_2?'],
    ['azure/gpt', 'Configured: CLAUDE'],
    ['openrouter/', 'There is no model "openrouter/"'],
    ['', 'There is no model ""'],
  ])('suggests what "%s" may have meant', async (name, words) => {
    const registry = await readRegistry(folder)
    expect(() => findModel(registry, name)).toThrow(UnknownModel)
    expect(() => findModel(registry, name)).toThrow(words)
  })
})

describe('what a model does not take', () => {
  const model = { provider: 'local', id: 'm' } as const

  test('is read', () => {
    const fields = { systemRole: 'user', tokenLimitParameter: 'max_completion_tokens', temperature: false } as const
    expect(registrySchema.parse({ M: { ...model, ...fields } }).entries).toEqual([['M', { ...model, ...fields }]])
  })

  test.each([
    [{ ...model, systemRole: 'assistant' }, /must be system, developer or user/],
    [{ ...model, temperature: 0.5 }, /must be false.*a value belongs in defaults/],
    [{ ...model, temperature: false, defaults: { temperature: 1 } }, /remove one of the two/],
    [{ ...model, api: 'chat' }, /is for entries of openai/],
    [{ ...model, background: false }, /is for entries of openai/],
    [{ provider: 'openai', id: 'o3', background: true }, /must be false, which means that a call/],
    [{ provider: 'openai', id: 'o3', api: 'batch' }, /must be chat or responses/],
    [
      { provider: 'openai', id: 'o3', api: 'chat', background: false },
      /only the Responses API answers in the background/,
    ],
    [{ provider: 'openai', id: 'o3', api: 'responses', tokenLimitParameter: 'max_tokens' }, /always max_output_tokens/],
    [{ provider: 'openai', id: 'o3', parameters: { store: true } }, /Arcloom sends store itself/],
    [{ provider: 'anthropic', id: 'm', systemRole: 'developer' }, /Anthropic knows no developer messages/],
    [{ provider: 'anthropic', id: 'm', tokenLimitParameter: 'max_tokens' }, /always max_tokens/],
  ])('%j is refused', (entry, words) => expect(() => registrySchema.parse({ M: entry })).toThrow(words))
})
