/** How one process of a part ended. */
export interface Death {
  readonly livedMs: number
  /** Whether it was ever ready. */
  readonly wasReady: boolean
  /** Null if a signal ended it, or if nobody saw it exit. */
  readonly exitCode: number | null
}

export interface Restart {
  readonly state: 'restarting' | 'failed'
  readonly afterMs: number
}

const quickMs = 10_000
const firstDelayMs = 250
const maxDelayMs = 30_000
const failedAfter = 3
/**
 * Our processes exit this way if a setting is invalid (2) or the machine lacks something (5): restarting them
 * fails again until a person has acted.
 */
const hopelessCodes: readonly (number | null)[] = [2, 5]

/**
 * A part that dies is restarted at once: most deaths come from outside (`kill`, the out-of-memory killer), and calls in
 * flight wait. If it dies repeatedly, the pause doubles each time. A part that was never ready is soon reported as failed,
 * so that a person learns of it, but is still retried: what it lacks may come back.
 *
 * @param deaths oldest first, at least one
 */
export function decideRestart(deaths: readonly Death[]): Restart {
  const quick = countLast(deaths, (death) => !death.wasReady || death.livedMs < quickMs)
  const unready = countLast(deaths, (death) => !death.wasReady)
  const hopeless = unready > 0 && hopelessCodes.includes(deaths.at(-1)?.exitCode ?? null)
  return {
    state: hopeless || unready >= failedAfter ? 'failed' : 'restarting',
    afterMs: hopeless ? maxDelayMs : quick <= 1 ? 0 : Math.min(maxDelayMs, firstDelayMs * 2 ** (quick - 2)),
  }
}

function countLast<Value>(values: readonly Value[], holds: (value: Value) => boolean): number {
  return values.length - 1 - values.findLastIndex((value) => !holds(value))
}
