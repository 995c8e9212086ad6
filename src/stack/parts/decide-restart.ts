/** How one process of a part ended. */
export interface Death {
  readonly livedMs: number
  /** Whether it ever served. */
  readonly wasReady: boolean
  /** Null when a signal ended it, or when nobody was there to see. */
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
 * Our processes end so when a setting cannot be used (2) or something needed is missing from the machine (5): starting them
 * again shows the same until a person has acted.
 */
const hopelessCodes: readonly (number | null)[] = [2, 5]

/**
 * A part that dies is started again at once: most deaths come from outside (`kill`, the out-of-memory killer), and calls in
 * flight wait. One that dies again and again is waited for twice as long each time; one that never served is called failed
 * soon, so that a person is told, and is tried all the same: what it lacks may come back.
 *
 * @param deaths oldest first, at least one.
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
