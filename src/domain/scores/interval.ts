/** The bounds of an interval, both from 0 to 1 for scores, from -1 to 1 for their differences. */
export type Interval = readonly [low: number, high: number]

/**
 * How intervals are computed: stored with the scores, so that they can be reproduced. docs/scoring.md has the method and the
 * reasons for it. Nothing is drawn at random any more: `resamples` and `seed` remain for readers of the files.
 */
export const intervalSettings = { level: 0.95, method: 'dirichlet-mid-p', version: 1, resamples: 0, seed: 0 } as const

/** The true value is beyond each end this often. */
export const tailChance = (1 - intervalSettings.level) / 2

/**
 * Finds the value between `from` and `to` at which `measure` reaches 1.
 *
 * @param measure grows from `from` to `to`, never below 0, above 1 at `to`
 * @returns `from` if it is already 1 or more there
 */
export function findBound(from: number, to: number, measure: (value: number) => number): number {
  // Regula falsi (Illinois) on logarithms, which are nearly straight here, with an occasional bisection for where they are not.
  const logarithm = (value: number) => Math.log(Math.max(1e-300, measure(value)))
  let [near, far] = [from, to]
  let [atNear, atFar] = [logarithm(near), logarithm(far)]
  if (atNear >= 0) return from
  let lastMoved: 'near' | 'far' | null = null
  for (let step = 1; step < 200 && Math.abs(far - near) > 1e-13; step += 1) {
    const middle = step % 3 === 0 ? (near + far) / 2 : near + ((far - near) * atNear) / (atNear - atFar)
    const value = logarithm(middle)
    if (Math.abs(value) < 1e-11) return middle
    if (value < 0) {
      if (lastMoved === 'near') atFar /= 2
      ;[near, atNear, lastMoved] = [middle, value, 'near']
    } else {
      if (lastMoved === 'far') atNear /= 2
      ;[far, atFar, lastMoved] = [middle, value, 'far']
    }
  }
  return (near + far) / 2
}
