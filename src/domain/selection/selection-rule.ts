import type { Proposal } from './proposal.ts'

/** Which of two different grids is handed in first for a test input. */
export interface SelectionRule {
  readonly name: string
  /** Raised whenever the rule may choose otherwise; name and version stand beside every selection. */
  readonly version: number
  /** Below 0 where `a` comes first. A tie is broken by the grids' text, so that the order of samples never counts. */
  compare(a: Proposal, b: Proposal): number
}
