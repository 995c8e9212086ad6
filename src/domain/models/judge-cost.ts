import type { ClaimedCost, ModelPrices, TokenUsage } from './model-spec.ts'
import { isFree, priceCall, type CountedTokens } from './price-call.ts'

export interface JudgedCost {
  /** Null if unknown. */
  readonly costUsd: number | null
  /** For people: why it is unknown, if that is the provider's doing. The same words for the same kind, so that they can be counted. */
  readonly warning?: string
}

export const implausibleCost = 'the provider reported an implausible cost, which was ignored'
export const unknownUsage = 'the provider did not say how many tokens were used'
export const doubtedZero = 'the provider reported a cost of 0 for tokens that have a price, and the price was used'
export const unpricedTier = 'the answer came from a service tier whose price is not known'

/** Routing, caching and price increases explain this much, and no more. */
const maxTimesThePrice = 10

/** Possible charges besides tokens: a search, a fee for the request itself. */
const maxFeeUsd = 0.05

/** Used if no price says what tokens may cost: more than any single request costs today. */
const maxUnpricedUsd = 100

/**
 * The cost of a request, in USD: as reported by the provider, if plausible; otherwise from the model's prices.
 *
 * A reported cost is plausible if it is finite, not negative, and at most ten times what the tokens cost by the model's
 * prices plus 5 cents for fees. If the tokens are unknown, the request's maximum cost is used instead; if
 * no price is known, or it is 0, the bound is 100 USD.
 *
 * A reported cost of 0 is believed for a model without a price, for a free one, and for a reply without a completion, which
 * OpenRouter does not charge. Beside a completion that has a price it is an omission more often than a gift, and a budget
 * that believed it would never end: the price counts, or the cost is unknown.
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
    if (byTokens !== null || prices === undefined) return { costUsd: byTokens }
    return { costUsd: null, warning: isCounted(usage) ? unpricedTier : unknownUsage }
  }
  if (claimed === 0 && prices !== undefined && !isFree(prices) && usage.completionTokens !== 0) {
    return { costUsd: byTokens, warning: doubtedZero }
  }
  const priced = byTokens ?? maxCostUsd
  const bound = prices === undefined || !priced ? maxUnpricedUsd : priced * maxTimesThePrice + maxFeeUsd
  if (claimed !== 'unreadable' && claimed >= 0 && claimed <= bound) return { costUsd: claimed }
  return { costUsd: null, warning: implausibleCost }
}

/** No usage costs nothing, whatever the price, and a free model costs nothing, whatever the usage. */
function priceUsage(usage: TokenUsage, prices: ModelPrices | undefined): number | null {
  if (usage.promptTokens === 0 && usage.completionTokens === 0) return 0
  if (prices === undefined) return null
  if (isFree(prices)) return 0
  return isCounted(usage) ? priceCall(prices, usage) : null
}

function isCounted(usage: TokenUsage): usage is CountedTokens {
  return usage.promptTokens !== null && usage.completionTokens !== null
}
