import { level, percentileInterval, type Interval } from './intervals.ts'
import { createRandomIndices } from './random-indices.ts'

/** How intervals were made: stands beside the scores, so that they can be made again. */
export const bootstrapSettings = { level, resamples: 2_000, seed: 20_260_101 } as const

/**
 * Percentile intervals of statistics over tasks, by drawing as many tasks as there are, with replacement, many times.
 *
 * Tasks of the same kind are interchangeable, so a resample is no more than how many of each kind were drawn: what it costs
 * depends on the tasks, not on what is computed of them. Kinds in a fixed order give the same intervals whatever order the
 * tasks came in.
 *
 * @param kinds how many tasks there are of each kind
 * @param compute all statistics of a resample, given how many of each kind it has
 * @returns one interval per statistic
 */
export function bootstrapIntervals(
  kinds: readonly number[],
  compute: (drawn: ArrayLike<number>) => readonly number[],
): Interval[] {
  const kindOf = Uint32Array.from(kinds.flatMap((count, kind) => Array.from({ length: count }, () => kind)))
  const next = createRandomIndices(bootstrapSettings.seed, kindOf.length)
  const drawn = new Uint32Array(kinds.length)
  const statistics = compute(kinds).map(() => new Float64Array(bootstrapSettings.resamples))
  for (let resample = 0; resample < bootstrapSettings.resamples; resample += 1) {
    drawn.fill(0)
    for (let task = 0; task < kindOf.length; task += 1) {
      const kind = kindOf[next()] ?? 0
      drawn[kind] = (drawn[kind] ?? 0) + 1
    }
    for (const [index, value] of compute(drawn).entries()) {
      const values = statistics[index]
      if (values) values[resample] = value
    }
  }
  return statistics.map(percentileInterval)
}
