import { findProvider } from '../providers/providers.ts'
import type { Message } from '../recipes/recipe.ts'
import { maxRequestCostUsd } from './max-request-cost-usd.ts'
import type { Model, Sampling, TokenUsage } from './model-spec.ts'

type Priced = Pick<Model, 'provider' | 'prices'>

/** The service tier of prices and of usage that stands for batches. */
const tier = 'batch'

/**
 * What a request in a batch costs, in relation to one sent alone: as the prices say, else as the provider documents; else the
 * same, which is never too little.
 */
function findBatchFactor({ provider, prices }: Priced): number {
  return prices?.serviceTiers?.[tier] ?? findProvider(provider).batching?.priceFactor ?? 1
}

/** The model with prices that know batches, for answers whose usage is marked by `markBatched`. */
export function atBatchRate<Kind extends Priced>(model: Kind): Kind {
  if (model.prices === undefined) return model
  return { ...model, prices: { ...model.prices, serviceTiers: { [tier]: findBatchFactor(model) } } }
}

/** Whatever tier a reply names: it came in a batch. */
export function markBatched(usage: TokenUsage): TokenUsage {
  return { ...usage, serviceTier: tier }
}

/** Maximum cost of a request in a batch, in USD; null without prices or a limit of tokens. */
export function maxBatchedCostUsd(model: Priced, sampling: Sampling, messages: readonly Message[]): number | null {
  const { provider } = model
  const { serviceTiers: _, ...prices } = model.prices ?? {}
  const alone = maxRequestCostUsd(
    model.prices === undefined ? { provider } : { provider, prices: prices as NonNullable<Model['prices']> },
    sampling,
    messages,
  )
  return alone === null ? null : alone * findBatchFactor(model)
}
