/** The limits that all workers of a data folder keep together. */
export const sharedKinds = ['concurrentRequests', 'requestsPerMinute', 'tokensPerMinute'] as const

export type SharedKind = (typeof sharedKinds)[number]

export type Amounts = { readonly [kind in SharedKind]?: number }

/** @param map is called for the kinds that have an amount */
export function mapAmounts<Mapped>(
  amounts: Amounts,
  map: (kind: SharedKind, amount: number) => Mapped,
): { readonly [kind in SharedKind]?: Mapped } {
  const mapped: { [kind in SharedKind]?: Mapped } = {}
  for (const kind of sharedKinds) {
    const amount = amounts[kind]
    if (amount !== undefined) mapped[kind] = map(kind, amount)
  }
  return mapped
}

/** What one worker has of a limit, and what it could use. */
export interface Claim {
  readonly held: number
  readonly wanted: number
}

/*
 * A limit is divided among the workers that use it: each gets what it wants where that is no more than an equal part; the others
 * divide the rest, and what nobody wants is spread evenly, so that a worker alone holds all of it and never waits for more.
 *
 * Every worker computes only its own part, from what all say that they hold and want. A part that shrinks does so at once; one that
 * grows takes only what nobody holds, so the parts never add up to more than the limit, whoever is late.
 */

/**
 * @param claims of all workers, in an order on which they agree: it decides who gets what cannot be divided
 * @param index of the worker itself among them
 * @returns how much it may use from now on; what is in use beyond that stays its own until it is done
 */
export function choosePart(limit: number, claims: readonly Claim[], index: number): number {
  const own = claims[index] ?? { held: 0, wanted: 0 }
  const target = chooseTarget(
    limit,
    claims.map(({ wanted }) => wanted),
    index,
  )
  if (target <= own.held) return target
  const heldByOthers = claims.reduce((sum, { held }) => sum + held, 0) - own.held
  return Math.max(own.held, Math.min(target, limit - heldByOthers))
}

function chooseTarget(limit: number, wanted: readonly number[], index: number): number {
  const level = findLevel(limit, wanted)
  const own = wanted[index] ?? 0
  const rest = limit - wanted.reduce((sum, want) => sum + Math.min(want, level), 0)
  const unmet = wanted.map((want) => want > level)
  if (!unmet.includes(true)) return own + Math.floor(rest / wanted.length)
  if (own <= level) return own
  return level + (unmet.slice(0, index).filter(Boolean).length < rest ? 1 : 0)
}

/** The largest whole number up to which everybody's wants fit into the limit together. */
function findLevel(limit: number, wanted: readonly number[]): number {
  let left = limit
  const ascending = wanted.toSorted((a, b) => a - b)
  for (const [index, want] of ascending.entries()) {
    const level = Math.floor(left / (ascending.length - index))
    if (want > level) return level
    left -= want
  }
  return limit
}
