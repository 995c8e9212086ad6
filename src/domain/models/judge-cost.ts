import { priceCall, type ClaimedCost, type ModelPrices, type TokenUsage } from './model-spec.ts'

export interface JudgedCost {
  /** Null where nobody knows. */
  readonly costUsd: number | null
  /** For people: why it is not known, where that is the provider's doing. The same words for the same kind, to be counted. */
  readonly warning?: string
}

export const implausibleCost = 'the provider named a cost that cannot be: it was not believed'
export const unknownUsage = 'the provider did not say how many tokens were used'

/** Routing, caching and prices that have risen since they were read explain so much, and no more. */
const maxTimesThePrice = 10

/** What may be charged beside tokens: a search, a fee for the request itself. */
const maxFeeUsd = 0.05

/** Where no price says what tokens may cost: more than any single request costs today. */
const maxUnpricedUsd = 100

/**
 * What a request cost, in USD: what the provider says, where that can be; else by the registry's prices.
 *
 * What a provider says can be when it is finite, not negative, and at most ten times what the tokens cost by the registry's
 * prices plus 5 cents for fees. Where the tokens are not known the most that the request could have cost stands for them; where
 * no price is known, or it is 0, the bound is 100 USD.
 *
 * @param maxCostUsd what the request could cost at most; null where that is not known
 */
export function judgeCost(
  claimed: ClaimedCost | undefined,
  usage: TokenUsage,
  prices: ModelPrices | undefined,
  maxCostUsd: number | null,
): JudgedCost {
  const byTokens = priceUsage(usage, prices)
  if (claimed === undefined) {
    return { costUsd: byTokens, ...(byTokens === null && prices !== undefined && { warning: unknownUsage }) }
  }
  const priced = byTokens ?? maxCostUsd
  const bound = prices === undefined || !priced ? maxUnpricedUsd : priced * maxTimesThePrice + maxFeeUsd
  if (claimed !== 'unreadable' && claimed >= 0 && claimed <= bound) return { costUsd: claimed }
  return { costUsd: null, warning: implausibleCost }
}

/** Nothing used costs nothing, whatever the price, and what is free costs nothing, however much was used. */
function priceUsage({ promptTokens, completionTokens }: TokenUsage, prices: ModelPrices | undefined): number | null {
  if (promptTokens === 0 && completionTokens === 0) return 0
  if (prices === undefined) return null
  if (prices.promptUsdPerMillion === 0 && prices.completionUsdPerMillion === 0) return 0
  if (promptTokens === null || completionTokens === null) return null
  return priceCall(prices, { promptTokens, completionTokens })
}
