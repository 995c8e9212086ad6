import { isFree } from '../models/price-call.ts'
import { isVerification, type RunRecord } from './run.ts'

/** Why a run can take no budget, or has no use for one. */
export type NoBudget = 'asks-no-model' | 'free' | 'no-price' | 'no-token-limit'

/** A budget is kept by the most that a request can cost, which the run's record decides: a run keeps the price it began with. */
export function whyNoBudget(run: RunRecord): NoBudget | null {
  if (isVerification(run)) return 'asks-no-model'
  const { prices } = run.model
  if (prices === undefined) return 'no-price'
  if (isFree(prices)) return 'free'
  return run.specification.sampling.maxTokens === undefined ? 'no-token-limit' : null
}
