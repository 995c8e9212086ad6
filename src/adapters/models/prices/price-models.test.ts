import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { findProvider as findPackageProvider } from '@pydantic/genai-prices'
import type { Model } from '../../../domain/models/model-spec.ts'
import { completeModel } from '../registry/registry-schema.ts'
import { fetchOpenRouterList, openRouterModelsUrl } from './fetch-openrouter-list.ts'
import { parseOpenRouterModels, putOpenRouterList, readOpenRouterList } from './openrouter-list.ts'
import { priceModels } from './price-models.ts'

const now = new Date('2026-11-27T10:00:00Z')

/** As the documentation of `GET /api/v1/models` shows them, with the fields that matter here. */
const listed = [
  {
    id: 'google/gemini-2.5-pro',
    canonical_slug: 'google/gemini-2.5-pro-0617',
    pricing: { prompt: '0.00000125', completion: '0.00001', request: '0', image: '0.00516' },
  },
  { id: 'google/gemma-4-31b-it:free', canonical_slug: null, pricing: { prompt: '0', completion: '0' } },
  { id: 'openrouter/auto', pricing: { prompt: '-1', completion: '-1' } },
]

let [withList, withoutList] = ['', '']
beforeAll(async () => {
  withList = await mkdtemp(join(tmpdir(), 'arcloom-prices-'))
  withoutList = await mkdtemp(join(tmpdir(), 'arcloom-prices-'))
  const pricing = parseOpenRouterModels(JSON.stringify({ data: listed })) ?? {}
  await putOpenRouterList(withList, { fetched_at: '2026-11-20T08:00:00.000Z', source: openRouterModelsUrl, pricing })
})
afterAll(() => Promise.all([withList, withoutList].map((folder) => rm(folder, { recursive: true }))))

async function findPrices(provider: Model['provider'], id: string, folder: string, entry: Partial<Model> = {}) {
  const [model] = await priceModels([completeModel('M', { provider, id, ...entry })], folder, now)
  return model?.prices
}

describe('the price of a model is', () => {
  test('the registry’s, if it has one', async () => {
    const prices = { promptUsdPerMillion: 7, completionUsdPerMillion: 8, asOf: '2026-11-01' }
    expect(await findPrices('openrouter', 'google/gemini-2.5-pro', withList, { prices })).toEqual({
      ...prices,
      source: 'registry',
    })
  })

  test.each(['google/gemini-2.5-pro', 'google/gemini-2.5-pro-0617', 'google/gemini-2.5-pro:nitro'])(
    'that of OpenRouter’s list, with its date, for %s',
    async (id) =>
      expect(await findPrices('openrouter', id, withList)).toEqual({
        promptUsdPerMillion: 1.25,
        completionUsdPerMillion: 10,
        asOf: '2026-11-20',
        source: 'openrouter',
      }),
  )

  test('the package’s, if no list was fetched or it does not have the model', async () => {
    const fromPackage = { source: 'genai-prices', asOf: '2026-09-23' }
    expect(await findPrices('openrouter', 'google/gemini-2.5-pro', withoutList)).toMatchObject(fromPackage)
    expect(await findPrices('openrouter', 'openai/gpt-4o-mini', withList)).toMatchObject(fromPackage)
    expect(await findPrices('openai', 'gpt-5', withoutList)).toMatchObject({
      ...fromPackage,
      promptUsdPerMillion: 1.25,
      completionUsdPerMillion: 10,
      cacheReadUsdPerMillion: 0.125,
    })
  })

  test('one with steps for long prompts', async () =>
    expect((await findPrices('openai', 'gpt-5.4', withoutList))?.longPrompts).toEqual([
      expect.objectContaining({ abovePromptTokens: 271_999, promptUsdPerMillion: 5, completionUsdPerMillion: 22.5 }),
    ]))

  test('the highest of the day, where it depends on the hour', async () =>
    expect(
      await findPrices('local', 'deepseek-v4-pro', withoutList, { baseUrl: 'https://api.deepseek.com/v1' }),
    ).toMatchObject({ promptUsdPerMillion: 1.32, completionUsdPerMillion: 3.96 }))

  test('0 for a model that is served free, and for a server of your own', async () => {
    const free = { promptUsdPerMillion: 0, completionUsdPerMillion: 0 }
    expect(await findPrices('openrouter', 'google/gemma-4-31b-it:free', withList)).toMatchObject(free)
    expect(await findPrices('openrouter', 'someone/new:free', withoutList)).toMatchObject({
      ...free,
      source: 'free-variant',
    })
    expect(await findPrices('local', 'gpt-5', withoutList)).toMatchObject({ ...free, source: 'own-machine' })
  })

  test.each([
    ['a router of OpenRouter', 'openrouter', 'openrouter/auto', {}],
    ['a model that nobody lists', 'openai', 'gpt-99', {}],
    ['a successor of a listed model', 'anthropic', 'claude-fable-5-7', {}],
    ['a proxy in front of a provider', 'openai', 'gpt-5', { baseUrl: 'http://127.0.0.1:9000/v1' }],
    ['a provider that has no such model', 'local', 'no-such', { baseUrl: 'https://api.groq.com/openai/v1' }],
    ['a server that is not your own', 'local', 'gpt-5', { baseUrl: 'https://models.example.org/v1' }],
  ] as const)('unknown for %s', async (_, provider, id, entry) =>
    expect(await findPrices(provider, id, withList, entry)).toBeUndefined(),
  )
})

describe('of the names in OpenRouter’s list', () => {
  /** The package's 700 names, of which 5 are routers, in the shape of OpenRouter's list. */
  const models = (findPackageProvider({ providerId: 'openrouter' })?.models ?? []).map(({ id, prices }) => {
    const price = Array.isArray(prices) ? prices.at(-1)?.prices : prices
    const [input, output] = [price?.['input_mtok'], price?.['output_mtok']]
    const perToken = (rate: unknown) => String((typeof rate === 'number' ? rate : 0) / 1e6)
    return { id, pricing: { prompt: perToken(input), completion: perToken(output) } }
  })
  const routers = ['auto', 'bodybuilder', 'fusion', 'pareto-code', 'auto-beta'].map((name) => ({
    id: `openrouter/${name}`,
    pricing: { prompt: '-1', completion: '-1' },
  }))

  test('at least 98 % have a price with nothing typed', async () => {
    const fetch = () => Promise.resolve(Response.json({ data: [...models, ...routers] }))
    const folder = await mkdtemp(join(tmpdir(), 'arcloom-prices-'))
    await putOpenRouterList(folder, await fetchOpenRouterList(openRouterModelsUrl, now, fetch))
    const ids = Object.keys((await readOpenRouterList(folder))?.pricing ?? {})
    expect(ids.length).toBeGreaterThan(600)
    const named = ids.map((id) => completeModel(id, { provider: 'openrouter', id }))
    const priced = (await priceModels(named, folder, now)).filter(({ prices }) => prices !== undefined)
    await rm(folder, { recursive: true })
    expect(priced.length / ids.length).toBeGreaterThanOrEqual(0.98)
  })
})

describe('a list that is fetched', () => {
  test.each([
    ['an error', new Response('go away', { status: 503 }), /answered 503: go away/],
    ['a page', new Response('<html>'), /is not OpenRouter's list of models/],
    ['a list of nothing', Response.json({ data: [] }), /is not OpenRouter's list of models/],
  ])('is refused when it is %s', async (_, response, words) =>
    expect(fetchOpenRouterList(openRouterModelsUrl, now, () => Promise.resolve(response))).rejects.toThrow(words),
  )

  test('is refused when nobody answers, and the message says what to do without a network', () =>
    expect(
      fetchOpenRouterList(openRouterModelsUrl, now, () => Promise.reject(new Error('getaddrinfo ENOTFOUND'))),
    ).rejects.toThrow(/did not answer: getaddrinfo ENOTFOUND.*arcloom models --refresh FILE/))

  test('may be a file', async () => {
    const file = join(withoutList, 'saved.json')
    await writeFile(file, JSON.stringify({ data: listed }))
    const { pricing, source } = await fetchOpenRouterList(file, now)
    expect(pricing).toHaveProperty(['openrouter/auto'])
    expect(source).toBe(file)
    await expect(fetchOpenRouterList(`${file}.not`, now)).rejects.toThrow(/cannot be read/)
  })

  test('is refused when its file was changed into something else', async () => {
    await putOpenRouterList(withoutList, { fetched_at: 'yesterday', source: '', pricing: {} })
    await expect(readOpenRouterList(withoutList)).rejects.toThrow(/openrouter\.json.*fetched_at/s)
    await rm(join(withoutList, 'prices'), { recursive: true })
  })
})

test('the date of the package’s prices belongs to the installed version', async () => {
  const file = fileURLToPath(import.meta.resolve('@pydantic/genai-prices')).replace(/dist\/.*$/, 'package.json')
  expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ version: '0.1.8' })
})
