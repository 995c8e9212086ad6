import type { LongPromptRates, ModelPrices, TokenRates, TokenUsage } from './model-spec.ts'

/** A reply's tokens, all of them counted. */
export type CountedTokens = TokenUsage & { readonly promptTokens: number; readonly completionTokens: number }

/**
 * The cost of a request, in USD. Cached and reasoning tokens are parts of the prompt and the completion; a provider that
 * reports a part larger than the whole is not believed, and the whole costs its full price.
 *
 * @returns null if the reply came from a service tier that has no price
 */
export function priceCall(prices: ModelPrices, tokens: CountedTokens): number | null {
  const { serviceTier } = tokens
  const factor = serviceTier === undefined ? 1 : prices.serviceTiers?.[serviceTier]
  if (factor === undefined) return null
  const rates = findRates(prices, tokens.promptTokens)
  const usdMillions = pricePrompt(rates, tokens) + priceCompletion(rates, tokens)
  return (usdMillions / 1e6 + (prices.requestUsd ?? 0)) * factor
}

/**
 * The maximum cost of a request, in USD: no tokenizer makes more than one token of a byte, no reply is longer than allowed, and
 * every token may be of the dearest kind, at the dearest rates and in the dearest service tier that the prices name.
 */
export function maxCallCostUsd(prices: ModelPrices, promptBytes: number, maxTokens: number): number {
  const { longPrompts = [], serviceTiers = {}, requestUsd = 0 } = prices
  const rates = [prices, ...longPrompts.filter(({ abovePromptTokens }) => abovePromptTokens < promptBytes)]
  const prompt = Math.max(...rates.flatMap((each) => [each.promptUsdPerMillion, each.cacheWriteUsdPerMillion ?? 0]))
  const completion = Math.max(
    ...rates.flatMap((each) => [each.completionUsdPerMillion, each.reasoningUsdPerMillion ?? 0]),
  )
  const factor = Math.max(1, ...Object.values(serviceTiers))
  return ((promptBytes * prompt + maxTokens * completion) / 1e6 + requestUsd) * factor
}

/** Whether nothing costs anything, however many tokens there are. */
export function isFree(prices: ModelPrices): boolean {
  return maxCallCostUsd(prices, Number.MAX_SAFE_INTEGER, 1) === 0
}

const rateNames = [
  'promptUsdPerMillion',
  'completionUsdPerMillion',
  'cacheReadUsdPerMillion',
  'cacheWriteUsdPerMillion',
  'reasoningUsdPerMillion',
] as const satisfies readonly (keyof TokenRates)[]

/** For each kind of token the higher rate of the two; a rate that only one of them has is kept. */
export function takeHighest(a: TokenRates, b: TokenRates): TokenRates {
  const rates = rateNames.flatMap((name) => {
    const usd = Math.max(a[name] ?? -1, b[name] ?? -1)
    return usd < 0 ? [] : [[name, usd] as const]
  })
  return Object.fromEntries(rates) as unknown as TokenRates // both have the two rates that every model has
}

function findRates(prices: ModelPrices, promptTokens: number): TokenRates {
  const steps: readonly LongPromptRates[] = prices.longPrompts ?? []
  const reached = steps.filter(({ abovePromptTokens }) => promptTokens > abovePromptTokens)
  return reached.toSorted((a, b) => b.abovePromptTokens - a.abovePromptTokens)[0] ?? prices
}

function pricePrompt(rates: TokenRates, { promptTokens, cacheReadTokens = 0, cacheWriteTokens = 0 }: CountedTokens) {
  const { promptUsdPerMillion: usd, cacheReadUsdPerMillion = usd, cacheWriteUsdPerMillion = usd } = rates
  const plainTokens = promptTokens - cacheReadTokens - cacheWriteTokens
  if (plainTokens < 0) return promptTokens * usd
  return plainTokens * usd + cacheReadTokens * cacheReadUsdPerMillion + cacheWriteTokens * cacheWriteUsdPerMillion
}

function priceCompletion(rates: TokenRates, { completionTokens, reasoningTokens = 0 }: CountedTokens) {
  const { completionUsdPerMillion: usd, reasoningUsdPerMillion = usd } = rates
  const writtenTokens = completionTokens - reasoningTokens
  return writtenTokens < 0 ? completionTokens * usd : writtenTokens * usd + reasoningTokens * reasoningUsdPerMillion
}
