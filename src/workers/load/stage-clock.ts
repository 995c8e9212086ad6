/** How many things were in a stage on average, and how long those took that left it. */
export interface StageTimes {
  readonly average: number
  /** In seconds, unsorted: at most the last thousand. */
  readonly seconds: readonly number[]
}

/** Measures a stage that things enter and leave: their number over time, and the time of each. */
export interface StageClock {
  /** @returns a function to leave, which works once and returns the seconds spent inside */
  enter(): () => number
  /** Notes one that was measured elsewhere. */
  add(seconds: number): void
  readonly inside: number
  /** What happened since the last call, or since it was created. */
  take(): StageTimes
}

const keptDurations = 1_000

/** @param nowMs a clock that never goes back */
export function createStageClock(nowMs: () => number): StageClock {
  let inside = 0
  /** Time spent inside by all things together since `sinceMs`, as of `atMs`. */
  let insideMs = 0
  let sinceMs = nowMs()
  let atMs = sinceMs
  let durations: number[] = []

  const advance = () => {
    const now = nowMs()
    insideMs += inside * (now - atMs)
    atMs = now
  }
  const add = (seconds: number) => {
    durations.push(seconds)
    if (durations.length > 2 * keptDurations) durations = durations.slice(-keptDurations)
  }
  return {
    enter() {
      advance()
      inside += 1
      const enteredMs = atMs
      let seconds: number | undefined
      return () => {
        if (seconds !== undefined) return seconds
        advance()
        inside -= 1
        seconds = (atMs - enteredMs) / 1000
        add(seconds)
        return seconds
      }
    },
    add,
    get inside() {
      return inside
    },
    take() {
      advance()
      const times = {
        average: atMs > sinceMs ? insideMs / (atMs - sinceMs) : inside,
        seconds: durations.slice(-keptDurations),
      }
      sinceMs = atMs
      insideMs = 0
      durations = []
      return times
    },
  }
}

/** @returns the value below which this share of all values lies; null if there are none */
export function quantile(values: readonly number[], share: number): number | null {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? null
}
