import type { VersionSummary } from '../../../../src/api/documents.ts'
import { composeSymmetries, type Symmetry } from '../../../../src/domain/grids/transforms/symmetry.ts'
import type { Transform } from '../../../../src/domain/grids/transforms/transform.ts'

/** The net effect of transforms: how a task is turned, and which symbol stands for which. */
interface Dress {
  readonly symmetry: Symmetry
  readonly symbols: readonly number[]
}

const undressed: Dress = { symmetry: 'identity', symbols: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] }

/** Whether words written about one version still fit the shown one. */
export interface Fit {
  readonly directions: boolean
  readonly colours: boolean
}

/**
 * Compares the version that a trace was written about with the shown one. Undefined if it is unknown how one of them was derived.
 */
export function compareDress(
  versions: readonly VersionSummary[],
  written: number,
  shown: { readonly version: number; readonly steps: readonly Transform[] },
): Fit | undefined {
  const [a, b] = [listChain(versions, written), listChain(versions, shown.version)]
  if (!a || !b) return undefined
  const [one, other] = [dress(a), dress([...b, ...shown.steps])]
  return {
    directions: one.symmetry === other.symmetry,
    colours: one.symbols.every((symbol, index) => symbol === other.symbols[index]),
  }
}

/** All transforms from the task as published to a version. */
function listChain(versions: readonly VersionSummary[], version: number): readonly Transform[] | undefined {
  const chain: Transform[] = []
  // A handwritten chain may be circular.
  for (let at = version, steps = 0; at !== 0; steps += 1) {
    const derivation = versions.find((entry) => entry.version === at)?.derived_from
    if (!derivation || steps > versions.length) return undefined
    chain.unshift(...derivation.transforms)
    at = derivation.version
  }
  return chain
}

function dress(chain: readonly Transform[]): Dress {
  return chain.reduce<Dress>(({ symmetry, symbols }, transform) => {
    switch (transform.kind) {
      case 'symmetry':
        return { symmetry: composeSymmetries(symmetry, transform.symmetry), symbols }
      case 'permute':
        return { symmetry, symbols: symbols.map((symbol) => transform.symbols[symbol] ?? symbol) }
      case 'swap':
        return { symmetry, symbols }
    }
  }, undressed)
}
