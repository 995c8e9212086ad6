/** When a request may enter, and what it waits for until then. */
export interface GateWait {
  /** A time now or in the past if at once, a future one, or `Infinity` if something else has to happen first. */
  readonly atMs: number
  readonly why: WaitReason
}

/**
 * `asked`: the provider named a time; `refused`: it refused a request and named none; `pace`: what it accepts in a second is used
 * up; `announced`: what it says that it still accepts is used up; `requests`, `tokens`: those of a minute, as configured; `places`:
 * requests at once; `probe`: it seems to be down; `lease`: other workers hold the places.
 */
export type WaitReason =
  'asked' | 'refused' | 'pace' | 'announced' | 'requests' | 'tokens' | 'places' | 'probe' | 'lease'

export const noWait: GateWait = { atMs: 0, why: 'places' }

export function longestWait(waits: readonly GateWait[]): GateWait {
  return waits.reduce((longest, wait) => (wait.atMs > longest.atMs ? wait : longest), noWait)
}
