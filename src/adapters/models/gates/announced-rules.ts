import type { RateLimit } from '../../../domain/models/rate-limit.ts'
import type { GateWait } from './gate-wait.ts'

/** What a provider said it still accepts. Pure, like `gate-rules.ts`. */
export interface Announced {
  readonly limit: RateLimit
  readonly readAtMs: number
  /** What all requests together had taken when the one whose reply said this entered, itself included. */
  readonly takenBefore: number
}

/** A provider's announcement holds requests back no longer than this: after that, asking is the better way to find out. */
const maxHoldMs = 60_000

/** Replies overtake each other: what was said to the request that entered last counts. */
export function chooseNewer(before: Announced | undefined, announced: Announced): Announced {
  return before !== undefined && before.takenBefore > announced.takenBefore ? before : announced
}

/**
 * When a request fits into what the provider announced. Requests that entered after the one it answered are not in it, so they
 * count besides.
 *
 * A bucket fills evenly: what was missing from it is back at the reset. A window is full again at the reset.
 *
 * @param taken what all requests together have taken until now
 * @param sharers how many workers use the key: each may have taken as much as this one meanwhile
 */
export function findAnnouncedRoom(
  { limit: { limit, remaining, resetAtMs, refills }, readAtMs, takenBefore }: Announced,
  amount: number,
  taken: number,
  sharers: number,
): GateWait {
  const missing = (taken - takenBefore) * sharers + Math.min(amount, limit) - remaining
  const refillMs = resetAtMs - readAtMs
  if (missing <= 0 || refillMs <= 0) return { atMs: 0, why: 'announced' }
  const waitMs = refills === 'gradually' ? (missing / Math.max(limit - remaining, 1)) * refillMs : refillMs
  return { atMs: readAtMs + Math.min(waitMs, maxHoldMs), why: 'announced' }
}
