import type { TokenUsage } from '../models/model-spec.ts'

/** How a provider is asked later what a call has cost, by its own name for the call. */
export interface CostLookup {
  /** After the base URL. */
  readonly path: string
  query(this: void, providerId: string): Readonly<Record<string, string>>
  /** Undefined for a body that names no cost. */
  read(this: void, body: unknown): { readonly costUsd: number; readonly usage: TokenUsage } | undefined
}
