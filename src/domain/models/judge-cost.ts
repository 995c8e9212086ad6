import { priceCall, type ClaimedCost, type ModelPrices, type TokenUsage } from './model-spec.ts'

export interface JudgedCost {
  /** Null if unknown. */
  readonly costUsd: number | null
  /** For people: why it is unknown, if that is the provider's doing. The same words for the same kind, so that they can be counted. */
  readonly warning?: string
}

export const implausibleCost = 'the provider reported an implausible cost, which was ignored'
export const unknownUsage = 'the provider did not say how many tokens were used'

/** Routing, caching and price increases explain this much, and no more. */
const maxTimesThePrice = 10

/** Possible charges besides tokens: a search, a fee for the request itself. */
const maxFeeUsd = 0.05

/** Used if no price says what tokens may cost: more than any single request costs today. */
const maxUnpricedUsd = 100

/**
 * The cost of a request, in USD: as reported by the provider, if plausible; otherwise from the registry's prices.
 *
 * A reported cost is plausible if it is finite, not negative, and at most ten times what the tokens cost by the registry's
 * prices plus 5 cents for fees. If the tokens are unknown, the request's maximum cost is used instead; if
 * no price is known, or it is 0, the bound is 100 USD.
 *
 * @param maxCostUsd the request's maximum cost; null if unknown
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

/** No usage costs nothing, whatever the price, and a free model costs nothing, whatever the usage. */
function priceUsage({ promptTokens, completionTokens }: TokenUsage, prices: ModelPrices | undefined): number | null {
  if (promptTokens === 0 && completionTokens === 0) return 0
  if (prices === undefined) return null
  if (prices.promptUsdPerMillion === 0 && prices.completionUsdPerMillion === 0) return 0
  if (promptTokens === null || completionTokens === null) return null
  return priceCall(prices, { promptTokens, completionTokens })
}
