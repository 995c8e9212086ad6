/**
 * McNemar's exact test, two-sided: the probability that the tasks that only one of two runs solved would be at least this unevenly
 * split if each were a coin toss. Tasks that both or neither solved carry no information.
 *
 * @returns p, from above 0 to 1; 1 if the runs solved the same tasks
 */
export function mcnemarExact(onlyA: number, onlyB: number): number {
  const tosses = onlyA + onlyB
  // Probabilities as logarithms: 2 ** -tosses underflows from 1,075 on.
  let logChance = -tosses * Math.LN2
  let tail = 0
  for (let heads = 0; heads <= Math.min(onlyA, onlyB); heads += 1) {
    tail += Math.exp(logChance)
    logChance += Math.log((tosses - heads) / (heads + 1))
  }
  return Math.min(1, 2 * tail)
}

/** Holm's adjustment (1979): bounds the chance of any error among several p values. In the order given. */
export function adjustByHolm(pValues: readonly number[]): number[] {
  const order = pValues.map((p, index) => ({ p, index })).sort((a, b) => a.p - b.p)
  const adjusted: number[] = []
  let largest = 0
  for (const [rank, { p, index }] of order.entries()) {
    largest = Math.max(largest, Math.min(1, p * (pValues.length - rank)))
    adjusted[index] = largest
  }
  return adjusted
}
