import type { TokenUsage } from './model-spec.ts'

/** One limit, as a provider reports it with a reply. */
export interface RateLimit {
  readonly counts: CountedKind
  readonly limit: number
  readonly remaining: number
  /** When the whole limit is available again. */
  readonly resetAtMs: number
  /** `gradually`: a bucket that fills all the time until then; `at-once`: a window that ends then. */
  readonly refills: 'gradually' | 'at-once'
}

/** `tokens`: prompt and completion together. */
export type CountedKind = 'requests' | 'tokens' | 'input-tokens' | 'output-tokens'

/** What a request takes of limits on tokens: an estimate before it is answered, the usage afterwards. */
export interface RequestSize {
  readonly inputTokens: number
  readonly outputTokens: number
}

export const noSize: RequestSize = { inputTokens: 0, outputTokens: 0 }

export function amountOf(kind: CountedKind, { inputTokens, outputTokens }: RequestSize): number {
  switch (kind) {
    case 'requests':
      return 1
    case 'tokens':
      return inputTokens + outputTokens
    case 'input-tokens':
      return inputTokens
    case 'output-tokens':
      return outputTokens
  }
}

/** Tokenizers make about one token of two bytes of grids; of prose, of four. */
const bytesPerToken = 2

/** @param maxTokens the limit of the answer; without one, an answer counts only once it has come */
export function estimateSize(messages: readonly { readonly content: string }[], maxTokens?: number): RequestSize {
  const bytes = messages.reduce((sum, { content }) => sum + new TextEncoder().encode(content).length, 0)
  return { inputTokens: Math.ceil(bytes / bytesPerToken), outputTokens: maxTokens ?? 0 }
}

/** What a provider counted; what it did not say stays as estimated. */
export function sizeOfUsage(usage: TokenUsage, estimated: RequestSize): RequestSize {
  return {
    inputTokens: usage.promptTokens ?? estimated.inputTokens,
    outputTokens: usage.completionTokens ?? estimated.outputTokens,
  }
}
