/** How sure the intervals are, two-sided. */
export const level = 0.95
/** The standard normal quantile of (1 + level) / 2. */
const z = 1.959963984540054

/** The bounds of an interval, both from 0 to 1 for scores, from -1 to 1 for their differences. */
export type Interval = readonly [low: number, high: number]

/**
 * Wilson's score interval of a share (Wilson 1927).
 *
 * @param value the share; it need not be a whole number of `tasks`: a mean of values from 0 to 1 varies at most as much as
 *   right-or-wrong with the same mean does, so the interval is wide enough for it, too
 */
export function wilsonInterval(value: number, tasks: number): Interval {
  const spread = (z * z) / tasks
  const centre = (value + spread / 2) / (1 + spread)
  const half = (z / (1 + spread)) * Math.sqrt((value * (1 - value)) / tasks + spread / (4 * tasks))
  return [Math.max(0, centre - half), Math.min(1, centre + half)]
}

/** The exact interval (Clopper and Pearson 1934) where all of `tasks` are right, or none is. */
export function exactInterval(allRight: boolean, tasks: number): Interval {
  const bound = ((1 - level) / 2) ** (1 / tasks)
  return allRight ? [bound, 1] : [0, 1 - bound]
}

/** The bounds between which the middle `level` of numbers lie, interpolated between neighbours. */
export function percentileInterval(numbers: Float64Array): Interval {
  const sorted = numbers.toSorted()
  const at = (share: number) => {
    const place = share * (sorted.length - 1)
    const below = sorted[Math.floor(place)] ?? 0
    return below + (place - Math.floor(place)) * ((sorted[Math.ceil(place)] ?? 0) - below)
  }
  return [at((1 - level) / 2), at((1 + level) / 2)]
}
