/** The chance that of n tosses, each heads with chance p, from `least` to `most` are heads: summed term by term. */
export function countChances(n: number, p: number, min: number, max: number): number {
  if (p <= 0) return min <= 0 ? 1 : 0
  if (p >= 1) return max >= n ? 1 : 0
  let logChance = n * Math.log1p(-p)
  let sum = 0
  for (let heads = 0; heads <= max; heads += 1) {
    if (heads >= min) sum += Math.exp(logChance)
    logChance += Math.log((n - heads) / (heads + 1)) + Math.log(p / (1 - p))
  }
  return sum
}
