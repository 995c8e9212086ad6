import type { Permutation } from './permutation.ts'
import type { Symmetry } from './symmetry.ts'

/**
 * One step that makes a version of a task out of another, as it stands in `derived_from.transforms` of `dataset.json`.
 *
 * Symmetries and permutations change every grid of the task; a swap, what is asked. The three kinds do not touch each
 * other's ground and no step changes how many pairs there are, so any step can be taken out of a chain and the rest holds.
 */
export type Transform =
  | { readonly kind: 'symmetry'; readonly symmetry: Symmetry }
  | { readonly kind: 'permute'; readonly symbols: Permutation }
  /** A train pair and a test pair change places. Both count from 0. */
  | { readonly kind: 'swap'; readonly train: number; readonly test: number }
