import type { Permutation } from './permutation.ts'
import type { Symmetry } from './symmetry.ts'
import type { Transform } from './transform.ts'

const symmetryWords: Readonly<Record<Symmetry, string>> = {
  identity: 'as it is',
  'rotate-90': 'rotated 90° clockwise',
  'rotate-180': 'rotated 180°',
  'rotate-270': 'rotated 90° counter-clockwise',
  'mirror-left-right': 'mirrored left to right',
  'mirror-top-bottom': 'mirrored top to bottom',
  transpose: 'rows and columns exchanged',
  'anti-transpose': 'rows and columns exchanged, from the last to the first',
}

/** A transform in words for people, who count pairs from 1. */
export function describeTransform(transform: Transform): string {
  switch (transform.kind) {
    case 'symmetry':
      return symmetryWords[transform.symmetry]
    case 'permute':
      return listCycles(transform.symbols).map(describeCycle).join(', ') || 'symbols as they are'
    case 'swap':
      return `train pair ${transform.train + 1} ↔ test pair ${transform.test + 1}`
  }
}

/** Cycles of symbols, each starting at its smallest; unchanged symbols are left out. */
function listCycles(permutation: Permutation): number[][] {
  const cycles: number[][] = []
  for (const start of permutation.keys()) {
    if (cycles.flat().includes(start)) continue
    const cycle = [start]
    for (let next = permutation[start]; next !== undefined && next !== start; next = permutation[next]) cycle.push(next)
    if (cycle.length > 1) cycles.push(cycle)
  }
  return cycles
}

function describeCycle(cycle: readonly number[]): string {
  return cycle.length === 2 ? cycle.join(' ↔ ') : [...cycle, ...cycle.slice(0, 1)].join(' → ')
}
