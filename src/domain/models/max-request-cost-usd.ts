import type { Message } from '../recipes/recipe.ts'
import type { Model, Sampling } from './model-spec.ts'
import { maxCallCostUsd } from './price-call.ts'

/** Maximum cost of a request, in USD; null without prices or a limit of tokens. */
export function maxRequestCostUsd(
  { prices }: Pick<Model, 'prices'>,
  { maxTokens }: Sampling,
  messages: readonly Message[],
): number | null {
  if (prices === undefined || maxTokens === undefined) return null
  // An answer that goes back whole brings its reasoning along, which is within the limit that it was written under.
  const repliesSentBack = messages.filter(({ answer }) => answer !== undefined).length
  const promptBytes = new TextEncoder().encode(JSON.stringify(messages)).length
  return maxCallCostUsd(prices, promptBytes + repliesSentBack * maxTokens, maxTokens)
}
