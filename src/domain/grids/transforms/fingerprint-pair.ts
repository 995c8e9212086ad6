import type { Pair } from '../../tasks/task.ts'
import { readCanonically } from './read-canonically.ts'

/**
 * A text that two pairs share if and only if one is the other under a symmetry and a permutation of symbols, the same for
 * input and output.
 *
 * @returns up to about 2 kB
 */
export function fingerprintPair({ input, output }: Pair): string {
  return readCanonically([input, output])
}
