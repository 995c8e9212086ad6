import { inversePermutation } from './permutation.ts'
import { inverseSymmetry } from './symmetry.ts'
import type { Transform } from './transform.ts'

/** The transform that undoes another. */
export function inverseOf(transform: Transform): Transform {
  switch (transform.kind) {
    case 'symmetry':
      return { kind: 'symmetry', symmetry: inverseSymmetry(transform.symmetry) }
    case 'permute':
      return { kind: 'permute', symbols: inversePermutation(transform.symbols) }
    case 'swap':
      return transform
  }
}
