import type { Proposal } from './proposal.ts'

/** Decides which of two different grids is handed in first for a test input. */
export interface SelectionRule {
  readonly name: string
  /** Raised whenever the rule may select differently; stored with the name in every selection. */
  readonly version: number
  /** Below 0 if `a` comes first. Ties are broken by the grids' text, so that the order of samples never counts. */
  compare(a: Proposal, b: Proposal): number
}
