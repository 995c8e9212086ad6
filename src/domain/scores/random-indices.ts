/**
 * A stream of whole numbers below `limit`, the same for the same seed on every machine: mulberry32 (Tommy Ettinger, public
 * domain), whose 32 bits are scaled down. Good enough to resample with, and short enough to be copied into a check.
 */
export function createRandomIndices(seed: number, limit: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit)
  }
}
