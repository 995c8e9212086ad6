import type { Permutation } from './permutation.ts'
import type { Symmetry } from './symmetry.ts'

/**
 * One step that makes a version of a task from another, as in `derived_from.transforms` of `dataset.json`.
 *
 * Symmetries and permutations change every grid of the task; a swap changes what is asked. The three kinds are
 * independent and no step changes the number of pairs, so any step can be removed from a chain and the rest stays valid.
 */
export type Transform =
  | { readonly kind: 'symmetry'; readonly symmetry: Symmetry }
  | { readonly kind: 'permute'; readonly symbols: Permutation }
  /** A train pair and a test pair are swapped. Both count from 0. */
  | { readonly kind: 'swap'; readonly train: number; readonly test: number }
