import { isPermutation } from './permutation.ts'
import { symmetries } from './symmetry.ts'
import type { Transform } from './transform.ts'

/** A chain of transforms as one short text for addresses: `rotate-90.permute-0213456789.swap-0-1`. */
export function packTransforms(transforms: readonly Transform[]): string {
  return transforms.map(packTransform).join('.')
}

function packTransform(transform: Transform): string {
  switch (transform.kind) {
    case 'symmetry':
      return transform.symmetry
    case 'permute':
      return `permute-${transform.symbols.join('')}`
    case 'swap':
      return `swap-${transform.train}-${transform.test}`
  }
}

/** @returns undefined if the text is not such a chain */
export function parsePackedTransforms(text: string): Transform[] | undefined {
  if (text === '') return []
  const transforms = text.split('.').map(parsePackedTransform)
  const parsed = transforms.filter((transform) => transform !== undefined)
  return parsed.length === transforms.length ? parsed : undefined
}

function parsePackedTransform(text: string): Transform | undefined {
  const symmetry = symmetries.find((name) => name === text)
  if (symmetry) return { kind: 'symmetry', symmetry }
  const swap = /^swap-(\d{1,4})-(\d{1,4})$/.exec(text)
  if (swap) return { kind: 'swap', train: Number(swap[1]), test: Number(swap[2]) }
  const symbols = Array.from(/^permute-(\d{10})$/.exec(text)?.[1] ?? '', Number)
  return isPermutation(symbols) ? { kind: 'permute', symbols } : undefined
}
