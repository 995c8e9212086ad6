/**
 * McNemar's exact test, two-sided: how likely the tasks that only one of two runs solved would fall at least so unevenly if
 * each were a toss of a coin. Tasks that both or neither solved say nothing.
 *
 * @returns p, from above 0 to 1; 1 where the runs solved the same tasks
 */
export function mcnemarExact(onlyA: number, onlyB: number): number {
  const tosses = onlyA + onlyB
  // Chances as logarithms: 2 ** -tosses is 0 to the machine from 1,075 on.
  let logChance = -tosses * Math.LN2
  let tail = 0
  for (let heads = 0; heads <= Math.min(onlyA, onlyB); heads += 1) {
    tail += Math.exp(logChance)
    logChance += Math.log((tosses - heads) / (heads + 1))
  }
  return Math.min(1, 2 * tail)
}

/** Holm's adjustment (1979): p values that together are wrong at most as often as one alone would be. In the order given. */
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
