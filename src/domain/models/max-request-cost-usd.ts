import { findProvider } from '../providers/providers.ts'
import type { Message } from '../recipes/recipe.ts'
import type { Model, Sampling } from './model-spec.ts'
import { maxCallCostUsd, takeHighest } from './price-call.ts'

/**
 * Maximum cost of a request, in USD; null without prices or a limit of tokens. Where the request itself says how much a host may
 * charge, no host charges more.
 */
export function maxRequestCostUsd(
  { prices, provider }: Pick<Model, 'prices' | 'provider'>,
  { maxTokens, parameters = {} }: Sampling,
  messages: readonly Message[],
): number | null {
  if (prices === undefined || maxTokens === undefined) return null
  // An answer that goes back whole brings its reasoning along, which is within the limit that it was written under.
  const repliesSentBack = messages.filter(({ answer }) => answer !== undefined).length
  const promptBytes = new TextEncoder().encode(JSON.stringify(messages)).length
  const maxRates = findProvider(provider).readMaxRates?.(parameters)
  const rates = maxRates === undefined ? prices : { ...prices, ...takeHighest(prices, maxRates) }
  return maxCallCostUsd(rates, promptBytes + repliesSentBack * maxTokens, maxTokens)
}
