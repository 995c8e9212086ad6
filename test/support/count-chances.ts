/** The chance that of n tosses, each heads with chance p, from `least` to `most` are heads: added up term by term. */
export function countChances(n: number, p: number, least: number, most: number): number {
  if (p <= 0) return least <= 0 ? 1 : 0
  if (p >= 1) return most >= n ? 1 : 0
  let logChance = n * Math.log1p(-p)
  let sum = 0
  for (let heads = 0; heads <= most; heads += 1) {
    if (heads >= least) sum += Math.exp(logChance)
    logChance += Math.log((n - heads) / (heads + 1)) + Math.log(p / (1 - p))
  }
  return sum
}
