import { calcPrice, findProvider, type ModelPrice } from '@pydantic/genai-prices'
import type { LongPromptRates, Model, ModelPrices, TokenRates } from '../../../domain/models/model-spec.ts'
import { takeHighest } from '../../../domain/models/price-call.ts'

/** When the installed version was published (a test holds the two together): the package does not say when each price was read. */
const genaiPricesDate = '2026-09-23'

/** Whether the package knows who serves this address. */
export function isKnownHost(baseUrl: string): boolean {
  return findProvider({ providerApiUrl: baseUrl }) !== undefined
}

/** The price of a model at the provider whose address this is, from the data in `@pydantic/genai-prices`; asks no network. */
export function findGenaiPrices({ baseUrl, id }: Pick<Model, 'baseUrl' | 'id'>, now: Date): ModelPrices | undefined {
  const provider = findProvider({ providerApiUrl: baseUrl })
  if (provider === undefined) return undefined
  const prices = listHours(now).flatMap((timestamp) => {
    const price = calcPrice({ input_tokens: 1, output_tokens: 1 }, id, { providerId: provider.id, timestamp })
    return price === null || isLaterVersion(id, price.model.id) ? [] : (convert(price.model_price) ?? [])
  })
  const [first] = prices
  if (first === undefined) return undefined
  const rates: TokenRates = prices.reduce(takeHighest, first)
  return { ...first, ...rates, asOf: genaiPricesDate, source: 'genai-prices' }
}

/** DeepSeek's prices depend on the hour. A run has one price, so the highest counts. */
function listHours(now: Date): Date[] {
  const day = new Date(now).setUTCHours(0, 45, 0, 0)
  return Array.from({ length: 24 }, (_, hour) => new Date(day + hour * 3_600_000))
}

/** The package matches some names by their beginning, so a model that is newer than it would get its predecessor's price. */
function isLaterVersion(id: string, matchedId: string): boolean {
  return id.startsWith(matchedId) && /^[-.]\d{1,2}(?!\d)/.test(id.slice(matchedId.length))
}

const rateNames = {
  input_mtok: 'promptUsdPerMillion',
  output_mtok: 'completionUsdPerMillion',
  cache_read_mtok: 'cacheReadUsdPerMillion',
  cache_write_mtok: 'cacheWriteUsdPerMillion',
  output_reasoning_mtok: 'reasoningUsdPerMillion',
} as const

/** @param above prompt tokens; the rates of the highest step at or below it */
function readRates(price: ModelPrice, above: number): TokenRates | undefined {
  const rates: Partial<Record<keyof TokenRates, number>> = {}
  for (const [name, field] of Object.entries(rateNames)) {
    const rate = price[name]
    if (rate === undefined) continue
    if (typeof rate === 'number') rates[field] = rate
    else rates[field] = rate.tiers.filter(({ start }) => start <= above).at(-1)?.price ?? rate.base
  }
  const { promptUsdPerMillion, completionUsdPerMillion } = rates
  if (promptUsdPerMillion === undefined || completionUsdPerMillion === undefined) return undefined
  return { ...rates, promptUsdPerMillion, completionUsdPerMillion }
}

/** The package's steps begin above `start` tokens, and so do ours. */
function convert(price: ModelPrice): Omit<ModelPrices, 'asOf' | 'source'> | undefined {
  const base = readRates(price, -1)
  if (base === undefined) return undefined
  const starts = Object.keys(rateNames).flatMap((name) => {
    const rate = price[name]
    return typeof rate === 'object' ? rate.tiers.map(({ start }) => start) : []
  })
  const longPrompts = [...new Set(starts)].flatMap((start): LongPromptRates[] => {
    const rates = readRates(price, start)
    return rates === undefined ? [] : [{ abovePromptTokens: start, ...rates }]
  })
  const perThousandRequests = price['requests_kcount']
  return {
    ...base,
    ...(typeof perThousandRequests === 'number' && { requestUsd: perThousandRequests / 1000 }),
    ...(longPrompts.length > 0 && { longPrompts }),
  }
}
