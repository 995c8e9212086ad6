import type { Permutation } from '../../src/domain/grids/transforms/permutation.ts'
import { composeSymmetries, symmetries, type Symmetry } from '../../src/domain/grids/transforms/symmetry.ts'
import type { Transform } from '../../src/domain/grids/transforms/transform.ts'

/** The transform that undoes another one: a transform that has an inverse loses nothing. */
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

export function inverseSymmetry(symmetry: Symmetry): Symmetry {
  const inverse = symmetries.find((other) => composeSymmetries(symmetry, other) === 'identity')
  if (inverse === undefined) throw new Error(`no symmetry undoes ${symmetry}`)
  return inverse
}

function inversePermutation(permutation: Permutation): Permutation {
  return permutation.map((_, symbol) => permutation.indexOf(symbol))
}
