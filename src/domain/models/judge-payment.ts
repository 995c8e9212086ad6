import { judgeCost } from './judge-cost.ts'
import { mayHaveCost, type ModelRequestFailed } from './model-failure.ts'
import type { ClaimedCost, Model, TokenUsage } from './model-spec.ts'
import type { Usage } from './usage.ts'

/** What a provider reported about tokens and cost. */
interface Payment {
  readonly usage: TokenUsage
  readonly claimedCost?: ClaimedCost
}

interface JudgedPayment {
  /** As it is stored. */
  readonly payment: { readonly usage: Usage; readonly cost_usd: number | null }
  readonly charged: boolean
  readonly warning: { readonly warning?: string }
}

/**
 * For a failed request: unknown if it may have cost something and the provider does not say how much. A model that had begun to
 * write was working, whatever status the error in its stream has.
 */
export function readPaymentOfFailure({ failed, paid, partial }: ModelRequestFailed): Payment {
  const silent = paid === undefined || (isUnknown(paid.usage) && paid.claimedCost === undefined)
  if (!silent) return paid
  const tokens = partial !== undefined || mayHaveCost(failed) ? null : 0
  return { usage: { promptTokens: tokens, completionTokens: tokens } }
}

export function judgePayment(
  { usage, claimedCost }: Payment,
  { prices }: Pick<Model, 'prices'>,
  maxCostUsd: number | null,
): JudgedPayment {
  const { costUsd, warning } = judgeCost(claimedCost, usage, prices, maxCostUsd)
  const { promptTokens, completionTokens } = usage
  return {
    payment: { usage: { prompt_tokens: promptTokens, completion_tokens: completionTokens }, cost_usd: costUsd },
    charged: (costUsd ?? 0) > 0 || (promptTokens ?? 0) + (completionTokens ?? 0) > 0,
    warning: warning === undefined ? {} : { warning },
  }
}

function isUnknown({ promptTokens, completionTokens }: TokenUsage): boolean {
  return promptTokens === null && completionTokens === null
}
