/**
 * The probability that at least one of k samples, drawn without replacement from n of which c are right, is right:
 * 1 − C(n−c, k) / C(n, k), without bias for any k ≤ n (Chen et al. 2021, arXiv 2107.03374, eq. 1).
 *
 * It says what an oracle could pick from k samples; nobody who does not know the outputs can achieve it.
 *
 * @param n samples, at least 1
 * @param c right ones among them, from 0 to n
 * @param k from 1 to n
 */
export function passAtK(n: number, c: number, k: number): number {
  if (n - c < k) return 1
  let allWrong = 1
  for (let i = n - c + 1; i <= n; i += 1) allWrong *= 1 - k / i
  return 1 - allWrong
}
